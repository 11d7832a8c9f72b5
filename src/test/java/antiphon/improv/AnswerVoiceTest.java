package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.improv.Conversation.Sent;
import antiphon.improv.listen.Tonality;
import antiphon.music.Event;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import antiphon.music.Scale;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerVoiceTest {
    private static final long MILLI = 1_000_000L;
    private static final Settings SETTINGS = Settings.standard(Mode.CALL);

    private final Dials dials = new Dials(SETTINGS);
    private final Mind mind = new Mind(Networks.PLAIN, SETTINGS, 1);
    private final Tonality tonality = new Tonality();
    private final AnswerVoice voice = new AnswerVoice(dials, mind, tonality.bounds());
    private final List<Sent> sent = new ArrayList<>();
    private final MessageSink out = (message, dueNanos) -> sent.add(new Sent(message, dueNanos));

    AnswerVoiceTest() {
        mind.begin(0);
    }

    private void setChannel(int channel) {
        dials.set(Control.CHANNEL, channel);
        voice.channelChanged();
    }

    /** The event that the mind was fed last, without its time. */
    private static int lastEvent(Mind of) {
        int event = History.event(of.history().entry(of.history().count() - 1));
        return Event.of(Event.kind(event), 0, Event.pitch(event), Event.velocityBin(event));
    }

    @Test
    void shouldSendANoteAndTellTheMindOfIt() {
        voice.begin(60, 80, 30 * MILLI, 20 * MILLI, out);
        assertThat(sent).containsExactly(new Sent(Message.noteOn(1, 60, 80), 30 * MILLI));
        assertThat(lastEvent(mind)).isEqualTo(Event.of(Event.ANSWER_ON, 0, 60, 20));
        assertThat(mind.clockNanos()).as("its time in the music").isEqualTo(20 * MILLI);
        assertThat(voice.keys().onsetNanos(60)).isEqualTo(30 * MILLI);
        assertThat(voice.notes()).isEqualTo(1);
        voice.end(60, 130 * MILLI, 120 * MILLI, out);
        assertThat(sent.getLast()).isEqualTo(new Sent(Message.noteOff(1, 60), 130 * MILLI));
        assertThat(lastEvent(mind)).isEqualTo(Event.of(Event.ANSWER_OFF, 0, 60, 32));
        assertThat(mind.clockNanos()).isEqualTo(120 * MILLI);
        assertThat(voice.keys().count()).isZero();
        assertThat(voice.notes()).isEqualTo(1);
    }

    @Test
    void shouldEndANoteOnTheChannelOnWhichItBegan() {
        voice.begin(60, 80, 0, 0, out);
        setChannel(9);
        voice.begin(62, 80, 5, 5, out);
        voice.end(60, 10, 10, out);
        voice.endAll(20, 20, out);
        assertThat(sent)
                .containsExactly(
                        new Sent(Message.noteOn(1, 60, 80), 0),
                        new Sent(Message.noteOn(9, 62, 80), 5),
                        new Sent(Message.noteOff(1, 60), 10),
                        new Sent(Message.noteOff(9, 62), 20));
    }

    /** Who must end a note at once ends it when the way out can be told, which may be after the next one is due. */
    @Test
    void shouldNotBeginBeforeAVoiceHasEndedThatMakesRoom() {
        dials.set(Control.MAX_POLYPHONY, 2);
        voice.begin(60, 80, 0, 0, out);
        voice.begin(64, 80, 0, 0, out);
        voice.end(60, 350, 350, out);
        voice.begin(67, 80, 348, 348, out);
        assertThat(sent.getLast()).isEqualTo(new Sent(Message.noteOn(1, 67, 80), 350));
        voice.end(64, 380, 380, out);
        voice.end(67, 380, 380, out);
        voice.begin(72, 80, 370, 370, out);
        assertThat(sent.getLast()).isEqualTo(new Sent(Message.noteOn(1, 72, 80), 380));
        dials.set(Control.MAX_POLYPHONY, 3);
        voice.end(72, 450, 450, out);
        voice.begin(74, 80, 440, 440, out);
        assertThat(sent.getLast()).as("there is room").isEqualTo(new Sent(Message.noteOn(1, 74, 80), 440));
    }

    @Test
    void shouldEndAllThatSoundsButNothingBeforeItBegins() {
        voice.begin(72, 80, 5, 5, out);
        voice.begin(0, 80, 10, 10, out);
        voice.begin(127, 80, 40, 40, out);
        sent.clear();
        voice.endAll(20, 15, out);
        assertThat(sent)
                .containsExactly(
                        new Sent(Message.noteOff(1, 0), 20),
                        new Sent(Message.noteOff(1, 72), 20),
                        new Sent(Message.noteOff(1, 127), 40));
        assertThat(voice.keys().count()).isZero();
        sent.clear();
        voice.endAll(50, 50, out);
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldBeginNoNoteBeforeTheLastOneOfItsPitchHasEnded() {
        voice.begin(60, 80, 8 * MILLI, 8 * MILLI, out);
        voice.endAll(2 * MILLI, 2 * MILLI, out);
        voice.clear();
        voice.begin(60, 70, 3 * MILLI, 3 * MILLI, out);
        voice.begin(61, 70, 3 * MILLI, 3 * MILLI, out);
        assertThat(sent)
                .containsExactly(
                        new Sent(Message.noteOn(1, 60, 80), 8 * MILLI),
                        new Sent(Message.noteOff(1, 60), 8 * MILLI),
                        new Sent(Message.noteOn(1, 60, 70), 8 * MILLI),
                        new Sent(Message.noteOn(1, 61, 70), 3 * MILLI));
        assertThat(voice.keys().onsetNanos(60)).isEqualTo(8 * MILLI);
    }

    @Test
    void shouldBeginNoNoteThatIsTooLateAndNotTellTheMind() {
        voice.at(200 * MILLI);
        assertThat(voice.begin(60, 80, 100 * MILLI, 100 * MILLI, out)).isTrue();
        long told = mind.history().count();
        assertThat(voice.begin(62, 80, 99 * MILLI, 99 * MILLI, out)).isFalse();
        assertThat(sent).containsExactly(new Sent(Message.noteOn(1, 60, 80), 100 * MILLI));
        assertThat(mind.history().count()).isEqualTo(told);
        assertThat(voice.keys().isSounding(62)).isFalse();
        assertThat(voice.notes()).isEqualTo(1);
        assertThat(voice.droppedNotes()).isEqualTo(1);
        voice.at(5_000 * MILLI);
        voice.endAll(130 * MILLI, 130 * MILLI, out);
        assertThat(sent.getLast())
                .as("an end is never too late")
                .isEqualTo(new Sent(Message.noteOff(1, 60), 130 * MILLI));
    }

    @Test
    void shouldForgetWhatSomethingElseHasEnded() {
        voice.begin(60, 80, 0, 0, out);
        voice.clear();
        voice.endAll(10, 10, out);
        assertThat(sent).hasSize(1);
        assertThat(voice.keys().count()).isZero();
    }

    @Test
    void shouldKnowItsNotesWhenTheyComeBack() {
        voice.begin(60, 80, 100 * MILLI, 100 * MILLI, out);
        assertThat(voice.isEcho(Message.noteOn(1, 61, 80), 110 * MILLI)).isFalse();
        assertThat(voice.isEcho(Message.noteOn(2, 60, 80), 110 * MILLI)).isFalse();
        assertThat(voice.isEcho(Message.noteOn(1, 60, 80), 110 * MILLI)).isTrue();
        assertThat(voice.isEcho(Message.noteOff(1, 60), 120 * MILLI)).isTrue();
        setChannel(2);
        voice.begin(62, 80, 200 * MILLI, 200 * MILLI, out);
        assertThat(voice.isEcho(Message.noteOn(2, 62, 80), 210 * MILLI)).isTrue();
    }

    /** What a slow synthesiser is sent 150 ms early comes back as early. */
    @Test
    void shouldKnowANoteThatComesBackBeforeItIsHeard() {
        AnswerVoice early = new AnswerVoice(new Dials(SETTINGS.withOffset(150 * MILLI)), mind, new Tonality().bounds());
        early.begin(60, 80, 400 * MILLI, 400 * MILLI, out);
        assertThat(early.isEcho(Message.noteOn(1, 60, 80), 255 * MILLI)).isTrue();
        early.at(551 * MILLI);
        assertThat(early.begin(62, 80, 600 * MILLI, 600 * MILLI, out))
                .as("should have left 101 ms ago")
                .isFalse();
    }

    @Test
    void shouldTellAnotherMindFromNowOn() {
        Mind other = mind.successor(Networks.TUNED, SETTINGS, 0);
        Mind apart = new Mind(Networks.PLAIN, SETTINGS, 1);
        assertThat(other.history()).isSameAs(mind.history());
        voice.begin(60, 80, 0, 0, out);
        voice.replaceMind(apart);
        voice.end(60, 10, 10, out);
        assertThat(mind.history().count()).isEqualTo(2);
        assertThat(apart.history().count()).isEqualTo(1);
        assertThat(lastEvent(apart)).isEqualTo(Event.of(Event.ANSWER_OFF, 0, 60, 32));
    }

    @Test
    void shouldAllocateNothing() {
        MessageSink nobody = (message, dueNanos) -> {};
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        voice.begin(i % 128, 80, i, i, nobody);
                        if (i % 5 == 4) {
                            voice.endAll(i, i, nobody);
                        }
                    }
                }))
                .isZero();
    }

    private void lock(Scale.Kind kind, int tonic) {
        tonality.setScale(new Scale(kind, tonic), true, 0);
        tonality.update();
    }

    /** Whatever was planned: what is played is allowed, the mind hears that, and its end ends it. */
    @Test
    void shouldPlayTheNearestPitchThatIsAllowed() {
        lock(Scale.Kind.MAJOR, 0);
        assertThat(voice.begin(66, 80, 10 * MILLI, 10 * MILLI, out)).isTrue();
        assertThat(Event.pitch(lastEvent(mind))).isEqualTo(65);
        voice.end(66, 50 * MILLI, 50 * MILLI, out);
        assertThat(sent)
                .containsExactly(
                        new Sent(Message.noteOn(1, 65, 80), 10 * MILLI), new Sent(Message.noteOff(1, 65), 50 * MILLI));
        assertThat(voice.keys().count()).isZero();
    }

    @Test
    void shouldNotPlayTheSamePitchTwiceForTwoThatAreNotAllowed() {
        lock(Scale.Kind.MAJOR_PENTATONIC, 0);
        assertThat(voice.begin(60, 80, 0, 0, out)).isTrue();
        assertThat(voice.begin(61, 80, 0, 0, out)).isFalse();
        voice.end(61, 10, 10, out);
        assertThat(voice.keys().isSounding(60)).isTrue();
        assertThat(voice.droppedNotes()).as("not late").isZero();
        voice.end(60, 10, 10, out);
        assertThat(sent).hasSize(2);
    }

    @Test
    void shouldPlayNothingWhereNothingIsAllowed() {
        tonality.setRange(70, 60);
        tonality.update();
        assertThat(voice.begin(65, 80, 0, 0, out)).isFalse();
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldEndTheOldestWhereTooManyWouldSound() {
        dials.set(Control.MAX_POLYPHONY, 2);
        voice.begin(60, 80, 10, 10, out);
        voice.begin(64, 80, 20, 20, out);
        voice.begin(67, 80, 30, 30, out);
        assertThat(sent.subList(2, 4))
                .containsExactly(new Sent(Message.noteOff(1, 60), 30), new Sent(Message.noteOn(1, 67, 80), 30));
        voice.end(60, 40, 40, out);
        assertThat(sent).as("has ended already").hasSize(4);
    }

    @Test
    void shouldSayWhenTheOldestHasLastedLongEnough() {
        assertThat(voice.mustEndNanos()).isEqualTo(Long.MAX_VALUE);
        voice.begin(60, 80, 10 * MILLI, 10 * MILLI, out);
        assertThat(voice.mustEndNanos()).as("no limit is set").isEqualTo(Long.MAX_VALUE);
        dials.set(Control.MAX_NOTE, 100 * MILLI);
        voice.begin(64, 80, 50 * MILLI, 50 * MILLI, out);
        assertThat(voice.mustEndNanos()).isEqualTo(110 * MILLI);
        voice.endTooLong(out);
        assertThat(sent).last().isEqualTo(new Sent(Message.noteOff(1, 60), 110 * MILLI));
        assertThat(voice.mustEndNanos()).isEqualTo(150 * MILLI);
    }
}
