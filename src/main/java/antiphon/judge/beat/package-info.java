/**
 * Judges the beat tracker by music whose beats are known: plays it onset by onset, takes down the beats that the tracker
 * predicts, and compares them with the true ones.
 *
 * <pre>
 * BeatSet ──► Excerpt ──► Playing (noise, rubato) ──► BeatTrial (OnsetTracker) ──► BeatMeasures ──► BeatScore, BeatReport
 * </pre>
 *
 * <p>Owns the measures. Never opens a file or a port and never reads a clock: the same pieces give the same figures.
 */
@NullMarked
package antiphon.judge.beat;

import org.jspecify.annotations.NullMarked;
