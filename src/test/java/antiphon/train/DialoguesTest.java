package antiphon.train;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DialoguesTest {

    @Property(tries = 300)
    void shouldEndEveryNoteThatBegins(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int notes) {
        int[] balance = new int[Voice.COUNT * 128];
        for (int event : Encoder.encode(dialogue(seed, notes))) {
            int kind = Event.kind(event);
            if (Event.isNoteOn(kind)) {
                balance[Event.voice(kind) * 128 + Event.pitch(event)]++;
            } else if (Event.isNoteOff(kind)) {
                assertThat(--balance[Event.voice(kind) * 128 + Event.pitch(event)])
                        .isNotNegative();
            }
        }
        assertThat(balance).containsOnly(0);
    }

    @Property(tries = 300)
    void shouldChangeTheVoiceAtEveryPhraseEndAndNowhereElse(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int notes) {
        List<List<Integer>> turns = new ArrayList<>(List.of(new ArrayList<>()));
        for (int event : Encoder.encode(dialogue(seed, notes))) {
            if (Event.kind(event) == Event.PHRASE_END) {
                turns.add(new ArrayList<>());
            } else if (Event.isNoteOn(Event.kind(event))) {
                turns.getLast().add(Event.voice(Event.kind(event)));
            }
        }
        if (turns.getLast().isEmpty()) {
            turns.removeLast();
        }
        for (int i = 0; i < turns.size(); i++) {
            assertThat(Set.copyOf(turns.get(i))).as("voices of turn %d", i).hasSize(1);
            if (i > 0) {
                assertThat(turns.get(i).getFirst())
                        .isNotEqualTo(turns.get(i - 1).getFirst());
                assertThat(turns.get(i)).hasSizeGreaterThanOrEqualTo(Dialogues.SHORTEST_TURN);
            }
        }
    }

    @Property(tries = 200)
    void shouldKeepTheMusicButForKeyTempoAndTouch(@ForAll long seed) {
        Performance piece = TestPieces.random(seed, 60);
        List<Note> made = dialogue(seed, 60).notes();

        // It may begin within the piece: compare from the end.
        assertThat(made).hasSizeBetween(30, 60);
        int shift = 60 - made.size();
        Set<Integer> transpositions = new java.util.HashSet<>();
        Set<Integer> pitchesOfPiece =
                piece.notes().subList(shift, 60).stream().map(Note::pitch).collect(Collectors.toSet());
        int lowest = pitchesOfPiece.stream().min(Integer::compare).orElseThrow();
        int lowestMade = made.stream().map(Note::pitch).min(Integer::compare).orElseThrow();
        transpositions.add(lowestMade - lowest);
        assertThat(transpositions).allMatch(by -> by >= -5 && by <= 6);
        assertThat(made.stream()
                        .map(note -> note.pitch() - (lowestMade - lowest))
                        .collect(Collectors.toSet()))
                .isEqualTo(pitchesOfPiece);
    }

    @Test
    void shouldMostlyAlternateAndSometimesLeaveThePieceToOneVoice() {
        int alternating = 0;
        int human = 0;
        int answer = 0;
        for (int seed = 0; seed < 400; seed++) {
            Performance made = dialogue(seed, 200);
            if (!made.phraseEndsNanos().isEmpty()) {
                alternating++;
            } else if (made.notes().getFirst().voice() == Voice.HUMAN) {
                human++;
            } else {
                answer++;
            }
        }
        assertThat(alternating).isBetween(200, 280);
        assertThat(human).isBetween(50, 110);
        assertThat(answer).isBetween(50, 110);
    }

    @Test
    void shouldPassTheTurnWhereTheMusicBreathes() {
        List<Note> notes = new ArrayList<>();
        long nanos = 0;
        for (int i = 0; i < 200; i++) {
            // A rest after every tenth note.
            nanos += i % 10 == 0 ? 1_500_000_000L : 100_000_000L;
            notes.add(new Note(Voice.HUMAN, nanos, 90_000_000L, 60 + i % 10, 64));
        }
        int turns = 0;
        for (int seed = 0; seed < 50; seed++) {
            List<Note> made = Dialogues.make(Performance.of(notes), new SplittableRandom(seed))
                    .notes();
            for (int i = 1; i < made.size(); i++) {
                if (made.get(i).voice() != made.get(i - 1).voice()) {
                    turns++;
                    assertThat(made.get(i).onsetNanos() - made.get(i - 1).onsetNanos())
                            .isGreaterThan(1_000_000_000L);
                }
            }
        }
        assertThat(turns).isGreaterThan(100);
    }

    private static Performance dialogue(long seed, int notes) {
        return Dialogues.make(TestPieces.random(seed, notes), new SplittableRandom(seed));
    }
}
