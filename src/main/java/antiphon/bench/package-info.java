/**
 * The latency harness behind {@code antiphon bench}: it starts a JACK server and the program as other people's
 * processes, plays a schedule to it through an independent client in C ({@code src/bench/probe.c}), and compares what
 * came back with a baseline.
 *
 * <p>Measures from outside and takes no part in the music. It never prints and never ends the program: whoever starts
 * it gets lines and results.
 */
@NullMarked
package antiphon.bench;

import org.jspecify.annotations.NullMarked;
