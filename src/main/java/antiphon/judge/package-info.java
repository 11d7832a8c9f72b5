/**
 * Judges the improviser: plays held-out calls to it on a virtual clock and says with numbers whether it listens, how
 * far it plays as people do, and whether it copies or collapses; writes them as JSON and as a page.
 *
 * <pre>
 * pieces ──► Phrases ──► Exchanges ──► Stage (improviser) ─┐
 *                                 ├──► Strawmen ───────────┼──► Follow, Distribution, Copying ──► Bars ──► JSON, page
 *                                 └──► ResponseGain, KeyChange ────────────────────────────────────┘
 * all these answers, beginners' calls, calls of one to three notes ──► WholeJudge ──► WholeRow ──► JSON, page, table
 * songs with chords ──► HarmonyJudge (live path) ──► HarmonyScore, HarmonyRow ──► HarmonyReport (JSON, table)
 * steady calls ──► InTimeJudge (Stage, InTimePlayers) ──► InTimeRow, RhythmFigures ──► JSON, page, table
 * </pre>
 *
 * <p>Owns the measures and the bars that they are compared with. Never trains, never changes what plays, never opens a
 * port, and never sees Deeplearning4j: it runs on the class path of the live program. The same pieces, model and
 * numbers of calls and seeds give the same figures.
 */
@NullMarked
package antiphon.judge;

import org.jspecify.annotations.NullMarked;
