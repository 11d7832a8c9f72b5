package antiphon.dashboard;

import antiphon.config.LiveSettings;
import antiphon.config.PlaySetting;
import antiphon.config.Setting;
import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.live.Tap;
import antiphon.live.Understanding;
import antiphon.live.Why;
import antiphon.music.Event;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what comes from the tap what the page is told, and keeps what a page that opens later must know. Times are
 * milliseconds on the engine's clock since {@code originNanos}. One thread.
 */
final class Scene {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double PERCENT = 100;

    private final long originNanos;

    /** The input that is played in browsers. */
    private final int keyboard;

    private List<Object> events = new ArrayList<>();
    private List<Object> plan = new ArrayList<>();
    private int planLeft;
    private boolean planned;
    private boolean thinking;
    private Tap.Turn turn = Tap.Turn.LISTENING;
    private int key = -1;
    private String mode;
    private String why = "";
    private List<Object> pulse = List.of();
    private @Nullable Understanding understood;
    private long heard;
    private long answered;

    /** The inputs that something came by lately, a bit each; and those since the last look. */
    private int active;

    private int activeNow;
    private boolean sends;
    private boolean sendsNow;

    Scene(long originNanos, int keyboard, Mode mode) {
        this.originNanos = originNanos;
        this.keyboard = keyboard;
        this.mode = PlaySetting.MODE.format(mode);
    }

    /** Takes what happened. */
    void take(Tap.Entry entry) {
        switch (entry.what()) {
            case Tap.HEARD -> {
                cameBy(entry.input());
                if (entry.isCopied()) {
                    goesOut();
                }
                heard(entry);
            }
            case Tap.COMMANDED -> cameBy(entry.input());
            case Tap.SENT -> sent(entry);
            case Tap.PLAN -> beginPlan(entry.input(), entry.message());
            case Tap.PLANNED -> plan(entry);
            case Tap.STATE -> state(entry);
            case Tap.CONTROL -> control(Control.of(entry.message()), entry.value());
            case Tap.THINKING -> thinking = true;
            case Tap.CHOSEN -> chosen(entry);
            case Tap.RECOVERED -> events.add(List.of("silence"));
            default -> {
                // Nothing that the page shows.
            }
        }
    }

    private void cameBy(int input) {
        activeNow |= 1 << input;
        active |= activeNow;
    }

    private void heard(Tap.Entry entry) {
        int message = entry.message();
        int here = entry.input() == keyboard ? 1 : 0;
        if (Message.isNoteOn(message)) {
            heard++;
            thinking = false;
            note("on", entry.nanos(), message, here);
        } else if (Message.isNoteOff(message)) {
            note("off", entry.nanos(), message, here);
        } else if (Message.isControl(message, Message.SUSTAIN_PEDAL)) {
            events.add(List.of("pedal", millis(entry.nanos()), Message.isPedalDown(message) ? 1 : 0, here));
        }
    }

    private void goesOut() {
        sendsNow = true;
        sends = true;
    }

    private void sent(Tap.Entry entry) {
        goesOut();
        int message = entry.message();
        if (Message.isNoteOn(message)) {
            answered++;
            note("answer", entry.value(), message, Message.channel(message));
        } else if (Message.isNoteOff(message)) {
            note("ended", entry.value(), message, Message.channel(message));
        }
    }

    private void note(String what, long nanos, int message, int from) {
        events.add(List.of(what, millis(nanos), Message.data1(message), Message.data2(message), from));
    }

    private void beginPlan(int part, int size) {
        plan = new ArrayList<>();
        planLeft = size;
        planned = part == 0 ? size > 0 : planned;
        if (size == 0) {
            events.add(List.of("plan", part, plan));
        }
    }

    private void plan(Tap.Entry entry) {
        int kind = Event.kind(entry.message());
        if (Event.isNoteOn(kind) || Event.isNoteOff(kind)) {
            plan.add(List.of(millis(entry.value()), Event.pitch(entry.message()), Event.isNoteOn(kind) ? 1 : 0));
        }
        planLeft--;
        if (planLeft == 0) {
            events.add(List.of("plan", entry.input(), plan));
        }
    }

    private void state(Tap.Entry entry) {
        turn = Tap.Turn.of(entry.message());
        mode = PlaySetting.MODE.format(Mode.of(entry.input()));
        key = (int) entry.value();
        thinking &= turn == Tap.Turn.LISTENING;
    }

    private void control(Control control, long value) {
        Optional<Setting<?>> setting = LiveSettings.setting(control);
        if (setting.isPresent()) {
            events.add(List.of("set", setting.get().id(), LiveSettings.text(setting.get(), value)));
        } else if (control == Control.PANIC) {
            events.add(List.of("silence"));
        }
    }

    private void chosen(Tap.Entry entry) {
        thinking = false;
        String clause = Why.of(entry);
        why = Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
    }

    /**
     * Takes what is made of the human's playing now; a few times a second.
     *
     * @return whether {@link #state()} is another one than before
     */
    boolean understand(Understanding now) {
        boolean same = active == activeNow && sends == sendsNow && now.equals(understood);
        active = activeNow;
        activeNow = 0;
        sends = sendsNow;
        sendsNow = false;
        if (same) {
            return false;
        }
        understood = now;
        pulse = List.of(
                Math.round(now.qpm()),
                Math.round(now.confidence() * PERCENT),
                now.sure() ? 1 : 0,
                now.clock() ? 1 : 0,
                now.qpm() == 0 ? 0 : millis(Math.round(now.beatNanos())),
                now.qpm() == 0 ? 0 : Math.round(now.beatPeriodNanos() / NANOS_PER_MILLI * PERCENT) / PERCENT,
                now.chord(),
                now.chordPlayed() ? 1 : 0);
        return true;
    }

    /** What the page shows of all this, apart from the notes. */
    Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("state", stateWord());
        state.put("mode", mode);
        state.put("key", key);
        state.put("pulse", pulse);
        state.put("why", why);
        state.put("active", active);
        state.put("sends", sends ? 1 : 0);
        state.put("notesHuman", heard);
        state.put("notesAnswer", answered);
        return state;
    }

    private String stateWord() {
        return switch (turn) {
            case MUTED -> "paused";
            case ANSWERING -> "answering";
            case LISTENING -> planned ? "answering" : thinking ? "thinking" : "listening";
        };
    }

    /** What has happened since the last call, as pages are told it; empty if nothing. */
    List<Object> takeEvents() {
        List<Object> taken = events;
        events = new ArrayList<>();
        return taken;
    }

    /** A time as the page has it, to a hundredth of a millisecond. */
    double millis(long nanos) {
        return Math.round((nanos - originNanos) / NANOS_PER_MILLI * PERCENT) / PERCENT;
    }
}
