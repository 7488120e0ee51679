extension HTMLReport {
    /// The document's style sheet, byte for byte as it stands in its `style` element.
    ///
    /// White paper, dark ink, notes as cards: seven to one or better for every text on every paper. Each paper has an edge mark
    /// of its own, so that colour is never alone. On paper the sheet is A4 with page numbers; nothing is cut in two.
    public static let styleSheet = """
        :root{--ink:#1c2430;--quiet:#47505e;--line:#d9d5cc;--warm:#faf8f4;--accent:#0b4f6c;--sun:#ffe9a8;--sky:#cfe8ff;\
        --moss:#d5ebc8;--heather:#e6daf7;--coral:#ffd8cc;--stone:#e8e6e1;color-scheme:light}
        *{box-sizing:border-box}
        html{background:#fff;color:var(--ink);font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;\
        -webkit-text-size-adjust:100%;text-size-adjust:100%;font-variant-numeric:tabular-nums}
        body{margin:0 auto;max-width:62rem;padding:clamp(1rem,4vw,3rem) clamp(1rem,4vw,2.5rem);overflow-wrap:break-word}
        h1,h2,h3,h4,h5,h6{line-height:1.2;margin:2rem 0 .5rem;text-wrap:balance}
        h1{font-size:clamp(1.8rem,5.5vw,2.9rem);letter-spacing:-.015em;margin:.1rem 0 .75rem}
        h2{font-size:clamp(1.4rem,3.5vw,1.8rem);margin:0 0 1rem;color:var(--accent)}
        h3{font-size:1.3rem}h4{font-size:1.13rem}h5,h6{font-size:1rem}
        p{max-width:65ch;margin:.5rem 0}
        a{color:var(--accent);text-underline-offset:.15em}
        a:focus-visible,.scroll:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
        main>section,footer{border-top:1px solid var(--line);margin-top:3rem;padding-top:2rem}
        .kind{margin:0;color:var(--accent);font-weight:600}
        .dates{display:flex;flex-wrap:wrap;gap:.25rem 2rem;margin:0;color:var(--quiet)}
        .dates div{display:flex;flex-wrap:wrap;gap:0 .4em}.dates dd{margin:0}
        .notice{border-left:4px solid #b3261e;padding:.25rem 0 .25rem .75rem}
        #summary{background:var(--warm);border:1px solid var(--line);border-radius:12px;margin-top:1.75rem;\
        padding:clamp(1rem,3vw,1.75rem)}
        .facts{display:flex;flex-wrap:wrap;gap:1rem 2.75rem;margin:0 0 1rem}
        .facts div{display:flex;flex-direction:column;min-width:7rem}
        .facts dd{margin:0;color:var(--quiet);font-size:.9375rem;max-width:15rem}
        .facts dt{font-weight:600}
        .facts .figure{order:-1;color:var(--ink);font-size:2.4rem;font-weight:650;line-height:1.1}
        .said{margin:.5rem 0;padding-left:1.1rem}.said li{margin:.4rem 0;max-width:70ch}
        nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;list-style:none;margin:1.25rem 0 0;padding:0}
        nav a{display:inline-block;padding:.2rem 0}
        .round{margin-bottom:3rem}.round h3{margin-top:0}
        .finding{border-left:4px solid var(--accent);margin:1rem 0;padding:.15rem 0 .15rem .9rem}
        figure{margin:1.25rem 0;max-width:44rem}
        figcaption,.remark,.hint,.empty,.instruction{color:var(--quiet);font-size:.9375rem}
        svg{display:block;overflow:visible;font:inherit}
        svg .name{font-size:15px;fill:var(--ink)}svg .figure{font-size:15px;font-weight:650;fill:var(--ink)}
        svg .tick{font-size:13px;fill:var(--quiet)}
        svg .track{fill:#efece6}svg .value,svg .agree{fill:var(--accent)}svg .spread{fill:#9cc3d5}
        svg .pass{fill:#cfcac0}svg .hatch-paper{fill:#ffd8cc}svg .hatch-line{fill:#b3261e}
        .legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0 0 .75rem;padding:0;font-size:.9375rem}
        .legend li::before{content:"";display:inline-block;width:1.1em;height:.8em;margin-right:.4em;border-radius:2px}
        .legend .agree::before{background:var(--accent)}.legend .pass::before{background:#cfcac0}
        .legend .disagree::before{background:repeating-linear-gradient(45deg,#b3261e 0 2px,#ffd8cc 2px 5px)}
        .scroll{overflow-x:auto;margin:1.25rem 0}
        table{border-collapse:collapse;font-size:.9375rem;line-height:1.4;min-width:min(100%,24rem)}
        .results,.method{width:100%}
        caption{font-weight:600;padding:0 0 .4rem;text-align:left}
        th,td{border-bottom:1px solid var(--line);padding:.4rem .75rem .4rem 0;text-align:left;vertical-align:top}
        th:last-child,td:last-child{padding-right:.25rem}
        thead th{border-bottom:2px solid var(--ink);vertical-align:bottom;font-weight:600}
        tbody th{font-weight:400}tfoot th,tfoot td{border-bottom:0;font-weight:600}
        .number{text-align:right;padding-left:.5rem;white-space:nowrap}
        thead .number{white-space:normal}.number.rank{padding-left:0;white-space:nowrap;width:3rem}
        .results tbody th{min-width:9rem;white-space:pre-line}
        .part th{padding-left:1.25rem;color:var(--quiet)}.part td{color:var(--quiet)}
        .tables{display:flex;flex-wrap:wrap;gap:1rem 3rem}.tables .scroll{margin:.5rem 0;max-width:100%}
        .method tbody th{font-weight:600;min-width:12rem}
        .items{width:100%}.items tbody th{min-width:2.5rem}.items td:nth-child(2){min-width:14rem;white-space:pre-line}
        .instruction{display:block;font-weight:400;max-width:55ch;white-space:pre-line}
        .group{color:var(--accent);border-bottom:2px solid var(--line);padding-bottom:.3rem}
        .tally{color:var(--quiet);font-size:.9375rem;font-weight:400;letter-spacing:0;margin-left:.35em;white-space:nowrap}
        .cluster{margin:1.5rem 0 2rem}
        .cards{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,16rem),1fr));list-style:none;\
        margin:.75rem 0 1.5rem;padding:0}
        .card{background:var(--paper);border-left:.4rem solid var(--edge);border-radius:3px 8px 8px 3px;\
        box-shadow:0 1px 2px rgb(28 36 48/.16);display:flex;flex-direction:column;gap:.5rem;justify-content:space-between;\
        padding:.75rem .9rem}
        .card p{margin:0}.card .text{white-space:pre-line}
        .marks{font-size:.875rem;color:#2c3542;font-weight:600}
        .sun{--paper:var(--sun);--edge:#b58900;border-left-style:solid}
        .sky{--paper:var(--sky);--edge:#2f6ea5;border-left-style:double}
        .moss{--paper:var(--moss);--edge:#4b7f33;border-left-style:dashed}
        .heather{--paper:var(--heather);--edge:#7a56b3;border-left-style:dotted}
        .coral{--paper:var(--coral);--edge:#c0532f;border-left-style:groove}
        .stone{--paper:var(--stone);--edge:#6d6a63;border-left-style:ridge}
        footer{color:var(--quiet);font-size:.9375rem}
        @media (max-width:36rem){.facts{gap:1rem 1.5rem}.facts div{min-width:40%;flex:1}\
        .method td:nth-child(2),.method thead th:nth-child(2){min-width:6rem}}
        @media (forced-colors:active){.card{border:1px solid;border-left-width:.4rem}svg .value,svg .agree{fill:CanvasText}\
        svg .name,svg .figure,svg .tick{fill:CanvasText}}
        @page{size:A4;margin:18mm 16mm 20mm;@bottom-right{content:counter(page) " / " counter(pages);\
        font:9pt system-ui,sans-serif;color:#47505e}}
        @media print{html{font-size:10pt}body{max-width:none;padding:0}nav{display:none}a{color:inherit;text-decoration:none}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        main>section,footer{margin-top:1.5rem;padding-top:1.25rem}
        h1,h2,h3,h4,h5,h6,caption{break-after:avoid}
        .card,figure,tr,footer,#summary,.facts div{break-inside:avoid}.facts{gap:.5rem 1.5rem}.facts div{min-width:5rem}.facts dd{max-width:11rem}\
        .results,.method{font-size:8.5pt;line-height:1.3}.results th,.results td{padding-top:.2rem;padding-bottom:.2rem}\
        .card{font-size:9pt;line-height:1.35}.marks{font-size:8pt}thead{display:table-header-group}
        tfoot{display:table-row-group}.scroll{overflow:visible}
        .cards{grid-template-columns:repeat(3,1fr);gap:3mm}.card{box-shadow:none;padding:2.5mm 3mm}
        p,li{orphans:3;widows:3}}
        """
}
