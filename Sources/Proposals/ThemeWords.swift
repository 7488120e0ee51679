/// Words that belong to one theme of local life, by language: a bus stop and a timetable have no letters in common, but a
/// facilitator would put them together.
///
/// Written for what people bring up in municipal workshops. A word may stand under several themes. Inflected forms need not
/// stand here: words are compared by their stems, and in Norwegian a compound also belongs where its first or last part does.
struct ThemeWords {
    var norwegian: String
    var english: String

    /// The words of a language.
    func list(_ language: Language) -> [Substring] {
        switch language {
        case .norwegian: norwegian.split(whereSeparator: \.isWhitespace)
        case .english: english.split(whereSeparator: \.isWhitespace)
        }
    }

    /// Every theme, named only for the reader of this file.
    static let all: [ThemeWords] = [
        // transit
        ThemeWords(
            norwegian: """
                buss kollektiv kollektivtransport tog togstasjon trikk bane togbane
                rutetilbud rute avgang avganger holdeplass haldeplass leskur ferje ferge
                hurtigbåt busskort billett korrespondere pendle pendler reisetid skyss
                drosje taxi sjåfør passasjer sanntid sanntidsskjerm stoppested nattbuss
                skolebuss skulebuss bybane overgangsbillett månedskort ekspressbuss båtrute
                """,
            english: """
                bus buses transit train trains rail railway tram trolley trolleys passenger
                commute commuter commuters shuttle ferry fare fares timetable taxi amtrak
                station driver timetables stops tickets ticket rider riders fleet monorail
                underground metro coach
                """),
        // cycling
        ThemeWords(
            norwegian: """
                sykkel sykle syklist syklister sykkelvei sykkelfelt sykkelsti sykkelveg
                elsykkel sparkesykkel sykkelstativ sykkelparkering sykkelhotell hjelm
                lastesykkel bysykkel
                """,
            english: """
                bike bikes bicycle cycle cycling cyclist cyclists biking cargo helmet racks
                tandem scooter scooters
                """),
        // walking
        ThemeWords(
            norwegian: """
                fortau gangvei gangveg gågate gående fotgjenger fotgjengar overgang gangfelt
                undergang gangbru snarvei snarveg tursti turveg turvei turstien sti stier
                stiar sebrafelt spasere spasertur fotturer tråkk gåavstand tur turer
                løypenett gjerdeklyver
                """,
            english: """
                walk walking walkable walkability pedestrian pedestrians sidewalk sidewalks
                pavement pavements footpath crossing trail trails greenway greenways path
                paths hiking zebra stroll footbridge underpass wander hike hikers ramble
                """),
        // roads
        ThemeWords(
            norwegian: """
                vei veg veier vegen fylkesvei fylkesveg trafikk fart fartsgrense fartsdump
                bil biler bilar bilvei kø rundkjøring kryss tunnel bru bro asfalt hull hol
                rassikring brøyte brøyting strøing gjennomgangstrafikk trafikksikkerhet
                fartskontroll fartshump sving gate gata gater lastebil lastebiler
                tungtrafikk gjennomkjøring grus salte salting strø glatt rasfare autovern
                lyskryss bom bommer bompenger motorvei trafikant hjertesone droppsone kjører
                kjøring foreldrekjøring vareleveranse varelevering
                """,
            english: """
                road roads traffic highway bypass lane lanes intersection intersections
                roundabout roundabouts stoplight stoplights interchange interchanges
                congestion speed speeding car cars driving driveway potholes turns street
                streets mph bumps bump hump lorries lorry truck trucks drivers limit signals
                junction carriageway resurface gravel grit salt icy snow plough toll tolls
                shortcut race racing vehicles vehicle
                """),
        // parking
        ThemeWords(
            norwegian: """
                parkering parkere parkeringsplass parkeringshus gateparkering
                parkeringsavgift parkeringsbot parkert parkerte feilparkering
                """,
            english: """
                parking parked garage garages permit permits valet
                """),
        // charging
        ThemeWords(
            norwegian: """
                lade lader ladestasjon ladepunkt elbil
                """,
            english: """
                charger charging electric
                """),
        // housing
        ThemeWords(
            norwegian: """
                bolig boliger bustad bustader hus leilighet leilegheit leiligheter leie
                leige utleie utleige husleie huseigar tomt tomter boligpris buplikt boplikt
                bokollektiv bofellesskap kjøpe bygge bygg utbygging hybel rekkehus
                boligmarked boligbygging boligsosial huseier depositum borettslag enebolig
                ungdomsbolig studentbolig kommunalbolig fukt mugg vindu vinduer tak kjøkken
                """,
            english: """
                house houses housing home homes apartment apartments flat flats condo condos
                rent rents renting rental rented tenant tenants tenancy landlord landlords
                dwelling dwellings homeowner homeowners ownership affordable affordability
                subdivision subdivisions residential mortgage damp mould glazing windows
                terrace eviction evicted deposit lease freehold leasehold bungalow attic
                household residents buyers buyer tenure homeless shelter lodgers roof
                repairs
                """),
        // vacant
        ThemeWords(
            norwegian: """
                tom tomme ledig forfall forfallen rive riving istandsette pusse oppussing
                tomt spøkelseshus nedlagt nedlagte stående rehabilitere gjenreise ombruk
                """,
            english: """
                vacant empty derelict dilapidated abandoned restore restoration renovate
                renovation demolish revitalize revitalization disused boarded crumbling
                refurbish reuse convert closed
                """),
        // planning
        ThemeWords(
            norwegian: """
                regulering arealplan reguleringsplan kommuneplan fortetting høyhus
                byutvikling utbygger utbyggjar hyttefelt hytte hytter dispensasjon byggesak
                byggegrense utbyggingsplan områdeplan knutepunkt bærekraftig tetthet høyder
                """,
            english: """
                zoning sprawl planning density development developments developer developers
                growth height consent planner planners masterplan suburb suburbs skyscraper
                storeys heights consents
                """),
        // land
        ThemeWords(
            norwegian: """
                areal grunn eiendom eigedom matjord jordvern
                """,
            english: """
                land section sections plot plots lot lots property properties acre
                """),
        // school
        ThemeWords(
            norwegian: """
                skole skoler skule skular elev elever elevar lærer lærere lærar lærarar
                klasse klasser klassar undervisning lekse lekser leksehjelp skolegård
                skuleveg sfo ungdomsskole vgs pensum eksamen skoleplass skolevei friminutt
                storefri gymsal gym pult klasserom klassetur rektor inspektør vakt vaktene
                fag matte karakter karakterer fravær frafall mobbing mobbet plaget erting
                utenfor elevråd fjerdeklasse førsteklasse uteskole trivselsleder lekeleder
                vennebenk
                """,
            english: """
                school schools pupil pupils teacher teachers classroom student students
                education educational homework exam exams curriculum college university wku
                degree graduate playtime recess bully bullying bullied lessons lesson
                learning learn tutor tutoring headteacher principal kindergarten schooling
                graduates scholarship literacy
                """),
        // childcare
        ThemeWords(
            norwegian: """
                barnehage barnehager barnehageplass småbarn baby babyer dagmamma barnevogn
                stellerom
                """,
            english: """
                daycare daycares childcare kindergarten nursery toddler toddlers babies
                preschool pram
                """),
        // children
        ThemeWords(
            norwegian: """
                barn barna born borna unge barnefamilie barnefamilier familie familier
                lekeplass leikeplass lekeapparat leikeapparat leke leike lek ungane ungene
                småtroll minste huske husker huskestativ sandkasse sklie klatrestativ
                taubane hinderløype balansere trampoline dukke gjemsel leketøy
                småbarnsforeldre foreldre mor far
                """,
            english: """
                child children kids kid family families playground play parents swing swings
                slide sandpit climbing frame trampoline toys mum mums dad dads parent
                babysitter splash
                """),
        // youth
        ThemeWords(
            norwegian: """
                ungdom ungdommer ungdomar ungdommen ungdomsklubb fritidsklubb ungdomsråd
                ungdomsrådet tenåring sommerjobb skatepark fritid fritidstilbud
                fritidsaktivitet henge hengested ungdomskafé gaming ruspåvirket pubertet
                """,
            english: """
                youth teenager teenagers teens young teenage adolescents hang youths skate
                skateboard
                """),
        // elderly
        ThemeWords(
            norwegian: """
                eldre pensjonist pensjonister pensjonistar omsorgsbolig sykehjem sjukeheim
                sjukeheimen aldersvennlig hjemmetjeneste heimeteneste demens demente
                einslege besøksvenn besøksven tryggleiksalarm trygghetsalarm beboer beboere
                bebuar alderdom eldresenter dagsenter besteforeldre bestemor bestefar
                seniorer trygdebolig rullator
                """,
            english: """
                elderly senior seniors retirement pensioners dementia grandparents
                grandmother grandfather pension aged ageing elders
                """),
        // relatives
        ThemeWords(
            norwegian: """
                pårørende pårørande besøk besøkstid familie slekt
                """,
            english: """
                relatives visitors visit visiting
                """),
        // care
        ThemeWords(
            norwegian: """
                pleie pleier pleiere pleiar omsorg helsefagarbeider bemanning ansatte
                tilsette vikar vikarer vikarar stilling stillinger sykefravær sjukefråvær
                turnus kollega pleietrengende avlastning hjemmesykepleie bpa støttekontakt
                pårørendestøtte personale vakter vaktliste nattevakt miljøarbeider
                """,
            english: """
                staff staffing carer carers caregivers respite nursing shift shifts rota
                agency
                """),
        // health
        ThemeWords(
            norwegian: """
                helse helsehus fastlege fastlegen lege legen legar legevakt sykepleier
                sjukepleiar helsesykepleier helsesjukepleiar jordmor fødetilbud fødetilbod
                psykisk psykolog behandling tannlege ventetid medisin medisiner rus
                rusomsorg sykehus sjukehus ambulanse vaksine apotek diagnose pasient
                pasientar tannhelse angst depresjon ensomhet rehabilitering legetime
                timebestilling livskvalitet smerte vondt sykdom sjukdom
                """,
            english: """
                health healthcare doctor doctors nurse nurses hospital hospitals clinic
                clinics medical medicine preventative preventive mental specialist
                specialists midwife dentist ambulance pharmacy vaccine vaccination patient
                patients surgery gp appointment appointments illness disease anxiety
                depression therapy therapist counselling wellbeing disability disabled sick
                dental
                """),
        // wellness
        ThemeWords(
            norwegian: """
                folkehelse trim trening trene mosjon fysioterapeut kosthold livsstil røyk
                røyking treningspark treningsstudio yoga dans løping løpe jogge svette
                bevegelse sunn sunt sunne
                """,
            english: """
                wellness fitness exercise nutrition lifestyle healthy healthier physical gym
                yoga active jogging running workout diet obesity sportswear stretching
                wellbeing
                """),
        // smoking
        ThemeWords(
            norwegian: """
                røyk røyking røykfri snus vape
                """,
            english: """
                smoke smoking vape vaping tobacco
                """),
        // food
        ThemeWords(
            norwegian: """
                mat maten måltid middag lunsj frokost matpakke kantine kjøkken kokk fisk
                kjøtt frukt grønnsaker grønsaker vegetar vegetarisk smak skolemat skulemat
                matsvinn matlaging vaffel vafler spise ete suppe brød salat grønt mathall
                matvarer matlåt matboks lapskaus pizza taco sulten
                """,
            english: """
                food meal meals dinner lunch breakfast cook cooking canteen kitchen fish
                meat fruit vegetables vegetarian organic eat eating produce ingredients menu
                grocery groceries pantries soup bread salad pizza snacks lunchbox hungry
                allergy allergens vegan nutritious recipes feast
                """),
        // restaurants
        ThemeWords(
            norwegian: """
                kafé kafe kafeen restaurant restauranter spisested uteservering kaffe pub
                bar
                """,
            english: """
                restaurant restaurants cafe cafés café cafes coffee dining cuisine bakery
                bakeries brewery breweries distillery bar bars pub bourbon beer tasting
                """),
        // farming
        ThemeWords(
            norwegian: """
                bonde bønder gard gardar gård gårder jordbruk landbruk lokalmat åker
                kjøkkenhage parsellhage dyrke dyrking drivhus
                """,
            english: """
                farm farms farmer farmers farming agriculture agricultural crops allotment
                allotments grow harvest orchard soil
                """),
        // shopping
        ThemeWords(
            norwegian: """
                butikk butikker butikkar handel handle kjøpesenter dagligvare
                dagligvarebutikk bokhandel åpningstid åpningstider opningstid varer lokale
                salg kjøpe kjøper apotek bakeri frisør blomsterbutikk kjede kjeder
                vinmonopol torg torget torgsalg bod boder matbutikk lørdagsåpent
                """,
            english: """
                shop shops shopping store stores mall malls outlet retail retailer retailers
                supermarket buy buying bakery butcher greengrocer chains chain stall stalls
                market boutique boutiques chemist florist brands
                """),
        // business
        ThemeWords(
            norwegian: """
                bedrift bedrifter verksemd verksemder næring næringsliv gründer gründere
                etablerer næringshage kontorfellesskap investor firma selskap industri
                fabrikk handelsstand fiskeri havbruk oppdrett investere kapital
                markedsføring eksport
                """,
            english: """
                business businesses startup startups entrepreneur entrepreneurs
                entrepreneurship investor investors accelerator company companies industry
                industries industrial economy economic firm firms factory factories commerce
                commercial corporate enterprise enterprises export market trade capital
                chamber
                """),
        // jobs
        ThemeWords(
            norwegian: """
                jobb jobber jobbe arbeid arbeidsplass arbeidsplasser arbeidsplassar lærling
                lærlinger lærlingplass lærlingplassar praksisplass yrke sysselsetting
                arbeide arbeidsliv ansette ansettelse rekruttere rekruttering kompetanse
                utdanning etterutdanning fagbrev kurs traineestilling arbeidsledig ufør nav
                deltid heltid pendling hjemmekontor
                """,
            english: """
                job jobs employment employer employers employee employees workforce career
                careers work workers apprenticeship apprenticeships internship internships
                talent manufacturing manufacturers hire hiring recruit recruitment skills
                training trainee unemployed unemployment remote profession paycheck
                occupation trades
                """),
        // income
        ThemeWords(
            norwegian: """
                lønn lønning inntekt fattig fattigdom råd økonomi dyrt dyr pris priser
                billig billegare gratis stønad støtte sosialhjelp bidrag egenandel utgifter
                lommebok fritidskort
                """,
            english: """
                wage wages income incomes salary pay paying poor poverty living costs earn
                benefit benefits welfare cheaper expensive cheap afford grant grants fee
                fees money subsidy subsidised rich wealthy
                """),
        // tax
        ThemeWords(
            norwegian: """
                skatt skatter eiendomsskatt eigedomsskatt avgift avgifter gebyr skatteseddel
                skattelette formuesskatt moms kommunalavgift
                """,
            english: """
                tax taxes taxed taxation taxing rates rebate levy capital gains levies rate
                exemption exemptions deduction vat
                """),
        // credit
        ThemeWords(
            norwegian: """
                lån rente renter bank banker gjeld
                """,
            english: """
                loan loans bank banks interest credit mortgage mortgages lending borrowing
                borrowed money
                """),
        // speculation
        ThemeWords(
            norwegian: """
                spekulasjon spekulant investering
                """,
            english: """
                speculation speculators speculator speculative investment investments
                landbanking
                """),
        // migration
        ThemeWords(
            norwegian: """
                flyktning flyktninger flyktningar innvandrer innvandrere innvandrar
                innvandrarar nykomne tilflytter tilflyttere velkomstpakke fadder faddere
                integrering norskkurs språkkafé språkkurs tolk asyl asylmottak bosetting
                bosette nasjonaliteter kulturmøte morsmål
                """,
            english: """
                refugee refugees immigrant immigrants immigration migration newcomer
                newcomers integration integrated foreign foreigner foreigners overseas esl
                language languages international asylum settle settlement translators
                translation interpreters citizenship ethnic
                """),
        // diversity
        ThemeWords(
            norwegian: """
                mangfold mangfald inkludering inkludere likestilling rasisme
                funksjonsnedsettelse
                """,
            english: """
                diversity diverse inclusive inclusion equity equality racial intercultural
                ethnic multicultural welcoming welcome fairness
                """),
        // access
        ThemeWords(
            norwegian: """
                rullestol universell tilgjengelighet tilgjenge rampe heis automatdør hørsel
                syn synshemmet teleslynge hc ledelinje ledelinjer punktskrift døv døve blind
                blinde tegnspråk hørselsskade krykker dørterskel terskel trapp trapper
                rekkverk
                """,
            english: """
                wheelchair wheelchairs accessible accessibility ramp lift elevator disabled
                disability hearing automatic blind deaf braille crutches kerb kerbs steps
                stairs handrail buggy
                """),
        // seating
        ThemeWords(
            norwegian: """
                benk benker benkar sitteplass sitteplasser sitte sittegruppe bord ryggstø
                stol benken benkene hengekøye hengekøyer puter sofa piknikbord
                """,
            english: """
                bench benches seat seats seating chair chairs sofa sofas picnic hammock
                hammocks cushions
                """),
        // toilets
        ThemeWords(
            norwegian: """
                toalett toaletter do dass wc stellerom vask dusj doen doene dopapir såpe
                dusjer garderobe
                """,
            english: """
                toilet toilets restroom restrooms lavatory washroom washing nappy nappies
                changing soap
                """),
        // lighting
        ThemeWords(
            norwegian: """
                lys gatelys belysning lyse mørk mørkt lampe lamper utrygt utrygg lyskilde
                lykt lykter lyktestolpe lyktestolper opplyst lysløype gatebelysning
                """,
            english: """
                lighting lamp lamps streetlight streetlights dark lights streetlamp
                streetlamps floodlights lantern glow
                """),
        // safety
        ThemeWords(
            norwegian: """
                trygg trygt tryggleik trygghet politi kriminalitet vold hærverk tyveri
                utrygg utrygt redd rus dop narkotika innbrudd overvåking kamera vekter
                nattravn nattravner slåssing trakassering hatkriminalitet brann brannvern
                """,
            english: """
                safe safety police crime security violence theft sheriff officers burglary
                burglar broke stolen steal drugs drug dealing dealers cameras cctv patrol
                watch assault vandalism antisocial afraid scared unsafe fire gang gangs
                knife
                """),
        // green
        ThemeWords(
            norwegian: """
                park parker parken tre trær trea grønt grøntområde blomst blomster
                blomsterkasse plante planter bed hage hagen hager gress gras busk busker
                skygge skolehage epletre epletrær bærbusk bærbusker gjerde hekk løv stauder
                ugress ugras plen plenklipping parsell kolonihage rosebed allé alle
                lindeallé eik bjørk grasbakke
                """,
            english: """
                park parks tree trees green greenspace flower flowers plant plants garden
                gardens grass meadow shade lawn verge verges hedge hedges pond brook orchard
                chestnut oak weeds pruning allotment allotments shrubs flowerbeds planting
                """),
        // nature
        ThemeWords(
            norwegian: """
                natur naturen skog fjell mark dyr fugl fugler bie bier humle mangfold
                artsmangfold villmark allemannsrett fiske jakt insekt insekter insekthotell
                fuglekasse fuglekasser frosk frosker dam rev ekorn pinnsvin grevling spurv
                humler slåttemark blomstereng utmark beite tursti gapahuk bål bålpanne
                bålplass
                """,
            english: """
                nature wildlife wild forest woods wood birds bird bees bats species native
                biodiversity habitat rewilding hedgehog hedgehogs insects insect frogs fox
                foxes butterflies pollinators moths squirrel newts pond heath moor
                birdwatching campfire meadow
                """),
        // water
        ThemeWords(
            norwegian: """
                elv elva elven vann vannet vatn vatnet sjø sjøen hav strand stranda brygge
                brygga havn havna bekk bekken bade badeplass badstue fjord kai båt båter
                fiske krabber innsjø tjern foss elvebredd elvepromenade stupetårn badetrapp
                kajakk seilbåt robåt brygger molo småbåthavn øy holme skjærgård krabbe laks
                ørret
                """,
            english: """
                river riverfront waterfront lake sea beach harbour harbor stream canoeing
                kayaking boat boats dock docks paddleboarding whitewater creek canal
                riverbank quay marina jetty pier fishing angling paddle kayaks rowing shore
                coast island estuary tide weir
                """),
        // flooding
        ThemeWords(
            norwegian: """
                flom flaum overvann overvatn regn flomsikring skred ras drenering kum
                kjeller vannledning avløp kloakk stikkrenne oversvømmelse regnbed stormflo
                dreneringsrør
                """,
            english: """
                flood floods flooding rain rainfall drain drains drainage stormwater sewage
                sewer cellar pipes culvert leak leaks burst puddles gutters sandbags storm
                tidal
                """),
        // swimming
        ThemeWords(
            norwegian: """
                svømme svømmehall svømming symje symjehall symjing basseng badeland badet
                symjeopplæring svømmeopplæring
                """,
            english: """
                swim swimming pool pools swimmers
                """),
        // sports
        ThemeWords(
            norwegian: """
                idrett idrettslag idrettshall hall fotball fotballbane håndball ski skøyter
                klatrevegg klatre treningstid treningstider sport utstyr bane løype skiløype
                ball baller ballbinge basket basketbane volleyball bordtennis tennis
                kunstgress kunstgras garderobe turn friidrett skøytebane akebakke aking ake
                langrenn alpint skitrekk orientering cup kamp trener trenere medlem tribune
                mål nett
                """,
            english: """
                sport sports football soccer hockey rink skating athletic tennis golf
                stadium marathon gymnasium ball balls basketball goal goals pitch pitches
                court courts cricket rugby netball volleyball league coach coaches match
                matches tournament bowling archery sledging trainers racket
                """),
        // culture
        ThemeWords(
            norwegian: """
                kultur kulturskole kulturskule kulturhus musikk konsert konserter kor koret
                korps korpset band øvingslokale scene teater kino film dans kunst kunstner
                galleri spelemannslag revy bandrom kulturscene forestilling opera ballett
                gitar trommer fele dj maleri lesesirkel forfatter litteratur
                """,
            english: """
                culture cultural music concert concerts band bands theatre theater film
                dance dancing performers venue venues stage musicians amphitheater orchestra
                choir choirs singing guitar drums ballet opera rehearsal rehearse play plays
                poetry author authors gig gigs
                """),
        // art
        ThemeWords(
            norwegian: """
                kunst kunstner galleri skulptur gatekunst maleri veggmaleri utsmykking
                keramikk håndverk strikke strikking søm verksted snekre
                """,
            english: """
                art arts artist artists gallery galleries artistic sculpture mural artisan
                creative creatives creators writers craft crafts pottery knitting sewing
                painting statue installation workshop workshops
                """),
        // museum
        ThemeWords(
            norwegian: """
                museum museet utstilling
                """,
            english: """
                museum museums exhibit exhibits exhibition
                """),
        // events
        ThemeWords(
            norwegian: """
                festival fest byfest arrangement arrangementer arrangere torgdag marked
                julemarked dugnad feiring stevne julegrantenning nasjonaldag karneval
                gatefest nabofest temakveld quiz arrangør markedsdag
                """,
            english: """
                festival festivals event events celebration celebrations market fair parade
                party parties carnival fireworks picnic quiz fete concert season christmas
                halloween
                """),
        // nightlife
        ThemeWords(
            norwegian: """
                uteliv kveld kveldstid natt nattåpent underholdning nattklubb utested disko
                """,
            english: """
                nightlife night evening evenings weekend weekends hangout hangouts late
                entertainment club comedy nightclub nightclubs pubs lounge disco karaoke
                """),
        // tourism
        ThemeWords(
            norwegian: """
                turist turister turistar reiseliv hotell besøkende cruise overnatting
                turistinformasjon bobil camping vandrerhjem guide utsiktspunkt severdighet
                """,
            english: """
                tourism tourist tourists travel visitor visitors hotel hotels destination
                hospitality attraction attractions convention campsite hostel guide guides
                guided sightseeing brochure staycation
                """),
        // history
        ThemeWords(
            norwegian: """
                historie historisk kulturminne kulturminner bevare verne kirke kyrkje kyrkja
                bygdebok fredet krigen minnesmerke historielag arkiv slekt fortelle fortid
                tradisjon tradisjoner gamlebyen bevaring bygdemuseum
                """,
            english: """
                history historic historical heritage preserve preserved preservation
                tradition traditions stories storytellers archive war memorial castle ruins
                archaeology ancestors legend founders past
                """),
        // identity
        ThemeWords(
            norwegian: """
                identitet merkevare omdømme stolthet særpreg
                """,
            english: """
                identity brand unique famous known reputation distinctive
                """),
        // beauty
        ThemeWords(
            norwegian: """
                pynt pynte pent stygg stygt fasade fasader skilt rydde rydding hærverk
                tagging graffiti vask vaske grå maling male fargerik utsmykning
                """,
            english: """
                beautification beautify beauty ugly clean signage sign signs flags
                attractive facade graffiti paint painted shabby tidy colourful eyesore
                hanging baskets
                """),
        // waste
        ThemeWords(
            norwegian: """
                søppel avfall boss gjenvinning gjenbruk gjenbrukstorg kildesortering
                resirkulere plast pante container søppelspann søppelkasse loppemarked
                bruktbutikk reparere rydd hundebæsj hundeposer bæsj kast kaste forsøpling
                forsøple papirinnsamling sortering bøtte bøtter pose poser glass metall
                matavfall hageavfall miljøstasjon klesbytte byttedag låne verktøy
                """,
            english: """
                waste rubbish trash garbage litter recycling recycle reuse bin bins plastic
                repair compost landfill tipping bulky skip skips bags seagulls overflow mess
                dump dumping glass metal tins collect collection bottles refill swap
                """),
        // energy
        ThemeWords(
            norwegian: """
                energi strøm solceller solcelle vindkraft varmepumpe isolere fjernvarme enøk
                strømpris strømregning panel solpanel vindmølle bioenergi oppvarming
                etterisolere ledlys
                """,
            english: """
                energy solar electricity insulation insulate heating heat wind turbine
                renewable panels power boiler boilers gas bills pump pumps fossil battery
                batteries led megawatt
                """),
        // climate
        ThemeWords(
            norwegian: """
                klima klimagass utslipp karbon bærekraft bærekraftig miljø klimabudsjett
                klimaplan nullutslipp forurensning luft luftkvalitet varmebølge tørke natur
                """,
            english: """
                climate carbon emissions sustainable sustainability greenhouse environment
                environmental pollution air heatwave drought warming footprint fossil eco
                """),
        // digital
        ThemeWords(
            norwegian: """
                digital digitalt digitale internett nett nettet breiband bredbånd fiber
                mobildekning mobildekninga dekning wifi app nettbrett data datamaskin
                teknologi teknikk sensor sensorer skjerm kode programmering robot robotar
                skriver nettside nettsider sosiale medier varsel varsle sms pålogging bankid
                tv
                """,
            english: """
                digital internet broadband wifi phone phones signal computer computers
                laptop laptops app online technology tech software printer printers website
                websites robot robots coding programming printing tablet tablets text
                message email social media notification
                """),
        // democracy
        ThemeWords(
            norwegian: """
                politiker politikere politikar politikarar kommunestyre medvirkning
                medverknad høring innspill innbygger innbyggere innbyggjar budsjett bestemme
                demokrati avstemning borgerpanel informasjon ordfører rådmann
                kommunedirektør rådhus parti valg stemmerett stemme underskrift folkemøte
                dialog beslutning lytte svar åpenhet byråkrati saksbehandling søknad skjema
                """,
            english: """
                government council councils politicians policy policies democracy decide
                decision budget consult vote leadership transparency electoral governance
                citizens governs mayor election elections voting voters petition hearing
                consultation bureaucracy accountability listen listening answers citizen
                minister ministry state
                """),
        // together
        ThemeWords(
            norwegian: """
                møteplass møteplasser møteplassar samlingssted samlingsstad fellesskap
                samhold nabo naboer naboar grendahus grendahuset samfunnshus samfunnshuset
                frivillig frivillige frivilligsentral lag einsam ensom ensomhet felles
                nabolag nabolaget naboskap velforening bydel bydelshus grannelag besøk
                besøke hyggelig kaffeprat hilse snakke prate vennskap venn venner bli kjent
                inviter invitere velkommen dugnad dugnader foreningsliv forening foreninger
                klubb klubbhus sosialt sosiale alene
                """,
            english: """
                together community collaboration collaborate cooperative cooperation
                partnership partnerships neighbours neighbors volunteer volunteers meeting
                gather lonely neighbour neighbor neighbourhood neighborhood neighbourly
                friends friend friendly chat tea welcome noticeboard chapel church hall
                clubhouse company companionship loneliness isolation charity social
                gathering potluck
                """),
        // library
        ThemeWords(
            norwegian: """
                bibliotek biblioteket bok bøker lesesal lesing lydbok
                """,
            english: """
                library libraries book books reading audiobooks novels magazines author
                bookshelf shelf
                """),
        // quiet
        ThemeWords(
            norwegian: """
                stille støy bråk bråkete lydnivå stillhet ro rolig rolege krok fredelig
                pratestille hvile hvilerom tegne lese støyskjerm musikkbråk
                """,
            english: """
                quiet silent noise noisy sound calm peace peaceful loud louder silence
                disturb disturbing rest relax
                """),
        // hours
        ThemeWords(
            norwegian: """
                åpningstid åpent stengt stenger opningstid stengd
                """,
            english: """
                hours open closed opening closing
                """),
        // dogs
        ThemeWords(
            norwegian: """
                hund hunder hundar hundepark hundepose bånd båndtvang lufte hundeeier
                hundelufting hundeskole katt katter kjæledyr
                """,
            english: """
                dog dogs leash pet pets puppy cat cats animals vet kennel
                """),
        // homeless
        ThemeWords(
            norwegian: """
                bostedsløs bustadlaus hjemløs uteligger natteherberge
                """,
            english: """
                homeless homelessness shelter panhandling poorest
                """),
        // construction
        ThemeWords(
            norwegian: """
                bygge byggematerialer materialer entreprenør håndverker tømmer
                """,
            english: """
                construction building materials builder builders build contractor timber
                concrete
                """),
        // privacy
        ThemeWords(
            norwegian: """
                verdighet verdig respekt privat alene
                """,
            english: """
                dignity respect privacy
                """),
        // games
        ThemeWords(
            norwegian: """
                spill brettspill sjakk bingo gaming lan
                """,
            english: """
                games game chess gaming
                """),
        // weather
        ThemeWords(
            norwegian: """
                regn regne våt vått vind nordavind levegg tak overbygd overbygg paraply
                kulde kaldt kald is snø snøhaug vinter vinteren sol varme varmt skyggefull
                telt
                """,
            english: """
                wet windy wind cold freezing ice rain sun sunshine shelter covered canopy
                umbrella weather winter warm tent
                """),
        // church
        ThemeWords(
            norwegian: """
                kirke kyrkje kirkegård prest gravplass trossamfunn moské menighet
                """,
            english: """
                church churches faith mosque chapel parish priest cemetery graveyard
                religious
                """),
    ]
}
