package antiphon.judge;

/** How the page looks, in light and dark. */
final class ReportStyle {
    static final String CSS =
            """
            :root { color-scheme: light dark;
              --ink: #1d1f21; --muted: #6b6f73; --page: #fbfbf9; --card: #ffffff; --line: #e3e3de; --panel: #f4f4f0;
              --human: #1f6fb5; --answer: #d95f0e; --parrot: #7b4fb3; --stationary: #5f8f3e;
              --good: #2c8a57; --bad: #c23b3b; }
            @media (prefers-color-scheme: dark) { :root {
              --ink: #e8e8e4; --muted: #9aa0a6; --page: #15171a; --card: #1d2024; --line: #33373c; --panel: #23272b;
              --human: #63b0f4; --answer: #ff9a52; --parrot: #bd93f0; --stationary: #9ccb74;
              --good: #58c48a; --bad: #f07a7a; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--page); color: var(--ink);
              font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
            main { max-width: 1180px; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
            h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; }
            h2 { font-size: 1.3rem; margin: 0 0 .5rem; }
            h3 { font-size: .95rem; margin: 0; font-weight: 600; }
            p { max-width: 76ch; margin: .4rem 0 .9rem; }
            .lead { font-size: 1.08rem; color: var(--muted); }
            section { background: var(--card); border: 1px solid var(--line); border-radius: 12px;
              padding: 1.4rem 1.5rem; margin: 1.4rem 0; overflow-x: auto; }
            .verdict { border-left: 6px solid var(--bad); }
            .verdict.passed { border-left-color: var(--good); }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { text-align: left; padding: .42rem .8rem .42rem 0; border-bottom: 1px solid var(--line);
              vertical-align: top; }
            th { color: var(--muted); font-weight: 600; font-size: .85rem; }
            tr:last-child td { border-bottom: 0; }
            td.ok { color: var(--good); font-weight: 600; } td.missed { color: var(--bad); font-weight: 600; }
            .legend { display: flex; flex-wrap: wrap; gap: 1.2rem; font-size: .9rem; margin: .2rem 0 .8rem;
              color: var(--muted); }
            .legend i { display: inline-block; width: 1.1em; height: .6em; border-radius: 2px; margin-right: .4em; }
            i.human { background: var(--human); } i.answer { background: var(--answer); }
            i.parrot { background: var(--parrot); } i.stationary { background: var(--stationary); }
            i.bar { background: var(--bad); width: .25em; height: 1em; vertical-align: -.15em; }
            .grid3 { display: grid; grid-template-columns: repeat(auto-fill, minmax(280px, 1fr)); gap: 1.2rem; }
            .grid3 small, .note { color: var(--muted); font-size: .85rem; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; margin: 0; }
            dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
            code { font: .88em ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; }
            svg { display: block; width: 100%; height: auto; }
            svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--ink); }
            svg .tick { fill: var(--muted); font-size: 11px; } svg .label { font-size: 13px; }
            svg .title { font-size: 12px; } svg .end { text-anchor: end; } svg .middle { text-anchor: middle; }
            svg .panel { fill: var(--panel); } svg .grid { stroke: var(--line); } svg .axis { stroke: var(--muted); }
            svg .turn { stroke: var(--muted); stroke-dasharray: 4 3; }
            svg .bar { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 5 4; }
            svg .human-line { stroke: var(--human); stroke-width: 2; }
            svg .human { fill: var(--human); } svg .answer { fill: var(--answer); }
            svg .parrot { fill: var(--parrot); } svg .stationary { fill: var(--stationary); }
            svg .good { fill: var(--good); } svg .bad { fill: var(--bad); } svg .plain { fill: var(--muted); }
            svg .whisker { stroke-width: 2.5; opacity: .6; }
            svg .whisker.human { stroke: var(--human); } svg .whisker.answer { stroke: var(--answer); }
            svg .whisker.parrot { stroke: var(--parrot); } svg .whisker.stationary { stroke: var(--stationary); }
            svg .curve { fill: none; stroke-width: 2; } svg .curve.answer { stroke: var(--answer); }
            svg .area { opacity: .38; }
            """;

    private ReportStyle() {}
}
