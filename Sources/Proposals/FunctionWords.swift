/// Words that say nothing about what a note is about: articles, pronouns, prepositions, auxiliaries, and the verbs of wishing
/// that every note in a workshop has.
enum FunctionWords {
    /// The list of a language, in small letters.
    static func list(_ language: Language) -> Set<String> {
        switch language {
        case .norwegian: Set(norwegian.split(whereSeparator: \.isWhitespace).map(String.init))
        case .english: Set(english.split(whereSeparator: \.isWhitespace).map(String.init))
        }
    }

    /// Bokmål and nynorsk.
    private static let norwegian = """
        aldri alle alltid alt altfor andre annen annet at av bak bare bedre begge betre ble blei bli
        blir blitt bort borte bra burde både bør da dag de deg dei deim deira deires dem den denne
        der dere deres derfor dermed det dette di difor din dine disse dit ditt dog du dykk dykkar
        då eg eigen ein eine eit eitt eller ellers en enda endå enkelte enn ennå er et ett etter
        fekk fikk finnast finne finnes fins finst fleire flere flest fleste folk folka folket for
        foran forbi fordi fort fra frå få får fått før først første gang ganger ganske gi gir gitt
        gje gjennom gjer gjera gjere gjerne gjev gjort gjør gjøre god gode godt gå går gått ha hadde
        han hans har hatt heile heilt hel hele helst helt hennar henne hennes her hit hjå ho hoe
        honom hos hoss hossen hun hva hvem hver hverandre hvert hvilke hvilken hvis hvor hvordan
        hvorfor håpar håper i ifra igjen ikke ikkje imot inga ingen ingenting inkje inn innafor inne
        innen innom ja jeg jo kan kanskje kjem kom kome komme kommer kommunal kommunale kommunalt
        kommune kommunen kor korleis korso kunne kva kvar kvarandre kvart kven kvi kvifor la lage
        lager langs langt lenger lik like lite litt lov man mange med medan meg meget meiner meir
        mellom men mener menneske mennesker mens mer mest mi min mindre mine minst mitt mogleg mot
        mulig mye mykje må måtte ned nede nei nettopp no noe noen nok noka noko nokon nokor nokre
        nokså nu ny nye nytt nå når nær og også om opp oppe oss over overalt plass plassar plassen
        på rett rundt sa sagt same samme samt se seg selv ser setje sett sette si sia siden sin sine
        sist sitt sjå sjøl sjølv skal skje skjer skulle slik slike slikt som somme somt spesielt
        stad staden stader sted steder stedet stor store stort stå står større svært synes synest så
        særleg særlig ta tar tatt til tilbake ting treng trengde trenger trengs trengst tror trur
        uansett under undervegs upp ut utan utanfor ute uten utenfor var vart varte ved vekk vel
        veldig vera vere vert verte vi vil ville vore vors vort vår våre vårt være været vært å åpen
        år ønske ønsker ønskjer
        """

    private static let english = """
        a able about above across actually after again against all almost along already also
        although always am an and another any anybody anyone anything are around as at away back be
        became because become been before being below best better between both but by call came can
        can't cannot city continue could did didn't do does doesn't doing don't done down dream
        during each either else enjoy enough especially etc even ever every everybody everyday
        everyone everything far feel few find first for from further gave get gets getting give
        given gives go goes going good got great had has have haven't having he help her here hers
        herself him himself his hope how however i i'd i'll i'm i've idea if imagine in include
        including increase instead into is isn't it it's its itself just keep know last least less
        let let's like likely look lot lots love made make makes making many may maybe me might mine
        more most much municipality must my myself need needed needs never new next no nobody none
        nor not nothing now of off often ok on once one ones only onto or other others otherwise
        ought our ours out over own people per perhaps person persons place places please provide
        put quite rather really same say see seem seen shall she should shouldn't since so some
        somebody someone something sometimes somewhere still such sure take takes than that that's
        the their theirs them themselves then there there's therefore these they they're thing
        things think this those though through thus to together too toward towards town try two
        under until up upon us use used using very via want wants was way ways we we'd we'll we're
        we've well were what when where whether which while who whole whom whose why will wish with
        within without won't would wouldn't yes yet you your yours yourself
        """
}
