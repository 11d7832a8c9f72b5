package antiphon.dashboard;

import antiphon.config.LiveSettings;
import antiphon.config.PlaySetting;
import antiphon.config.Setting;
import antiphon.improv.Control;
import antiphon.live.Tap;
import antiphon.status.StatusServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The last changes of controls, to be undone: whoever made them, because they are read from the tap. What comes in one
 * movement (a slider that is drawn, a preset) is one change. The network ({@code model.file}) is no control; it changes when
 * another one takes over. Cold threads, any number.
 */
final class Changes {
    /** Changes of one control that follow each other within this time are one. */
    private static final long SAME_NANOS = 1_500_000_000L;

    /** Changes of several that do. */
    private static final long TOGETHER_NANOS = 100_000_000L;

    private static final int MAX_CHANGES = 50;

    private final Partner partner;
    private final ReentrantLock lock = new ReentrantLock();
    private final Tap.Reader reader;
    private final Map<Setting<?>, String> now = new LinkedHashMap<>();
    private final Deque<Change> changes = new ArrayDeque<>();

    /** What an undo has ordered and the tap has not told yet, by setting. */
    private final Map<Setting<?>, String> ours = new LinkedHashMap<>();

    private long missed;
    private volatile String next = "";

    /** One change: what was before it. */
    private static final class Change {
        final Map<Setting<?>, String> before = new LinkedHashMap<>();
        long lastNanos;
    }

    /** Begins with what is set now. */
    Changes(Partner partner) {
        this.partner = partner;
        reader = partner.tap().newReader();
        readAll();
    }

    private void readAll() {
        now.clear();
        for (Setting<?> setting : LiveSettings.all()) {
            now.put(setting, value(setting));
        }
        now.put(PlaySetting.MODEL_FILE, value(PlaySetting.MODEL_FILE));
    }

    private String value(Setting<?> setting) {
        return partner.orders().carryOut("get " + setting.id());
    }

    /** Takes in what the tap has, unless somebody does so now. Often enough for the reader to miss nothing. */
    void look() {
        if (lock.tryLock()) {
            try {
                catchUp();
            } finally {
                lock.unlock();
            }
        }
    }

    private void catchUp() {
        while (reader.read(this::take)) {
            // It has been taken.
        }
        if (reader.missed() != missed) {
            missed = reader.missed();
            changes.clear();
            ours.clear();
            readAll();
        }
        next = text(changes.peekLast());
    }

    private void take(Tap.Entry entry) {
        if (entry.what() == Tap.CONTROL) {
            LiveSettings.setting(Control.of(entry.message()))
                    .ifPresent(setting -> take(setting, LiveSettings.text(setting, entry.value()), entry.nanos()));
        } else if (entry.what() == Tap.SUCCEEDED) {
            take(PlaySetting.MODEL_FILE, value(PlaySetting.MODEL_FILE), entry.nanos());
        }
    }

    private void take(Setting<?> setting, String value, long nanos) {
        String before = now.put(setting, value);
        boolean undone = value.equals(ours.get(setting));
        if (undone) {
            ours.remove(setting);
        } else if (before != null && !before.equals(value)) {
            changeFor(setting, nanos).before.putIfAbsent(setting, before);
        }
    }

    /** The change that this belongs to: the last one, if it came in the same movement. */
    private Change changeFor(Setting<?> setting, long nanos) {
        Change last = changes.peekLast();
        if (last != null) {
            long sinceNanos = nanos - last.lastNanos;
            boolean same = last.before.size() == 1 && last.before.containsKey(setting) && sinceNanos < SAME_NANOS;
            if (same || sinceNanos < TOGETHER_NANOS) {
                last.lastNanos = nanos;
                return last;
            }
        }
        Change change = new Change();
        change.lastNanos = nanos;
        changes.addLast(change);
        if (changes.size() > MAX_CHANGES) {
            changes.removeFirst();
        }
        return change;
    }

    /** What an undo would do, for people; empty if there is nothing to undo. Any thread. */
    String next() {
        return next;
    }

    private static String text(@Nullable Change change) {
        if (change == null) {
            return "";
        }
        Map.Entry<Setting<?>, String> first =
                change.before.entrySet().iterator().next();
        int more = change.before.size() - 1;
        return first.getKey().id() + " = " + first.getValue() + (more == 0 ? "" : " and " + more + " more");
    }

    /**
     * Undoes the last change.
     *
     * @return what was done, for people; empty if there is nothing to undo; a refusal if the engine refused it
     */
    Optional<String> undo() {
        lock.lock();
        try {
            catchUp();
            Change last = changes.pollLast();
            if (last == null) {
                return Optional.empty();
            }
            for (Map.Entry<Setting<?>, String> before : last.before.entrySet()) {
                ours.put(before.getKey(), before.getValue());
                String answer =
                        partner.orders().carryOut("set " + before.getKey().id() + " " + before.getValue());
                if (StatusServer.Orders.isRefusal(answer)) {
                    ours.remove(before.getKey());
                    return Optional.of(answer);
                }
            }
            catchUp();
            return Optional.of(text(last));
        } finally {
            lock.unlock();
        }
    }
}
