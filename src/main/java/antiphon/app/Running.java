package antiphon.app;

import antiphon.Amount;
import antiphon.config.Config;
import antiphon.config.PlaySetting;
import antiphon.dashboard.Dashboard;
import antiphon.dashboard.DashboardException;
import antiphon.dashboard.Partner;
import antiphon.dashboard.Place;
import antiphon.dashboard.Steered;
import antiphon.host.Supervisor;
import antiphon.live.Calibration;
import antiphon.live.Journal;
import antiphon.live.JournalException;
import antiphon.live.Keyboard;
import antiphon.live.LiveSession;
import antiphon.live.Take;
import antiphon.midi.MidiException;
import antiphon.remote.Osc;
import antiphon.remote.Remote;
import antiphon.status.Status;
import antiphon.status.StatusServer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Everything around a live session until it is told to stop: status, orders, signals, view, takes. Cold threads. */
final class Running {
    private final LiveSession session;
    private final Config config;
    private final Steering steering;
    private final Remote remote;
    private final View view;
    private final boolean terminal;
    private final @Nullable StatusServer status;
    private final ServiceReport service;
    private final AtomicBoolean lost = new AtomicBoolean();
    private @Nullable Guard guard;
    private @Nullable Osc osc;
    private @Nullable LessonShelf lessons;
    private @Nullable Dashboard dashboard;
    private boolean closed;

    Running(LiveSession session, Steering steering, Config config) {
        this.session = session;
        this.config = config;
        this.steering = steering;
        remote = RemoteControl.open(session, steering, config);
        status = StatusServer.start(
                Installation.statusSocket(config.midi().client()), () -> Status.of(session, steering.facts()), remote);
        terminal = TerminalView.isPossible();
        view = terminal ? new TerminalView(session, steering, this::quit) : new PlainView(session, System.out);
        service =
                new ServiceReport(Supervisor.ofThisProcess(), session.progress()::advanced, () -> statusLine(session));
        // When its terminal is closed the program gets this signal and ends. Without a terminal it reads the settings
        // again, as other services do. Windows has no such signal.
        Signals.register(
                "HUP",
                terminal
                        ? this::quit
                        : () -> service.reload(() -> steering.readAgain().forEach(view::say)));
    }

    private static String statusLine(LiveSession session) {
        String does = session.isReady()
                ? "listening on " + String.join(", ", session.inputNames()) + ", answering on "
                        + String.join(", ", session.outputNames())
                : "waiting for " + session.backend().name();
        return Shown.line("mode " + PlaySetting.MODE.format(session.mode()) + ", " + does);
    }

    /** Shows that the program is ready, and from then on what happens; takes OSC from then on, if that is wanted. */
    synchronized void show(String ready) {
        view.begin(ready);
        osc = RemoteControl.openOsc(session, remote, config, view::say);
        service.ready();
    }

    /** Shows a line. */
    void say(String line) {
        view.say(line);
    }

    /** Has a process beside us end what sounds if we are killed. */
    synchronized void guard(Path program) {
        if (closed) {
            return;
        }
        try {
            guard = Guard.start(program, session.backend().name());
        } catch (UserException failure) {
            // The music goes on.
            view.say(String.valueOf(failure.getMessage()));
        }
    }

    /** Serves the page, and tells where. On a thread of its own: loading a server takes longer than everything else. */
    void servePage(Config.Page wanted) {
        Thread.ofPlatform().daemon().name("antiphon-page-start").start(() -> open(wanted));
    }

    private synchronized void open(Config.Page wanted) {
        Keyboard keyboard = session.keyboard();
        if (closed || keyboard == null) {
            return;
        }
        LessonShelf shelf = new LessonShelf(
                Installation.lessons(), Teacher.installed(Installation.home().resolve("bin/antiphon")));
        lessons = shelf;
        Partner partner = new Partner(
                session.tap(),
                keyboard,
                session::understanding,
                () -> Status.of(session, steering.facts()),
                session.meters(),
                steering.takes(),
                shelf,
                remote,
                new Steered(Installation.presets(), steering::preset, remote.controllers()),
                session.connections(),
                new Calibration(session.tap(), session.controls()));
        try {
            Place place = PageToken.place(wanted);
            Dashboard opened = Dashboard.start(partner, session.mode(), place);
            dashboard = opened;
            PageToken.lines(wanted, opened, terminal).forEach(view::say);
            if (wanted.opens()) {
                Browser.open(opened.withToken(opened.url()));
            }
        } catch (DashboardException | UserException failure) {
            view.say(String.valueOf(failure.getMessage()));
        }
    }

    /** Makes the MIDI files of sessions that ended by a crash: they have a journal and no MIDI file yet. */
    void finishTakes() {
        config.recordFolder().ifPresent(this::finishTakes);
    }

    private void finishTakes(Path folder) {
        Journal journal = session.journal();
        int finished = Take.finishAll(folder, journal == null ? null : journal.file(), view::say)
                .size();
        if (finished > 0) {
            view.say(folder + ": made the MIDI file" + (finished == 1 ? "" : "s") + " of " + finished
                    + " unfinished take" + (finished == 1 ? "." : "s."));
        }
    }

    /** The key q was pressed, or the terminal was closed. */
    private void quit() {
        // On a thread of its own, because the shutdown hook waits for this one.
        Thread.ofPlatform().daemon().name("antiphon-quit").start(() -> System.exit(0));
    }

    /** The MIDI system is gone: closes everything. The caller prints why. */
    void lost() {
        lost.set(true);
        close();
    }

    /** Runs when the process is told to stop. Ends all notes first; then the exit status is 0, not the signal's. */
    void stop() {
        close();
        if (!lost.get()) {
            System.out.println("stopped: " + Amount.of(session.answers(), "answer") + ", "
                    + Amount.of(session.notesAnswered(), "note") + ".");
            QueuedOutput.awaitStandard();
            Runtime.getRuntime().halt(0);
        }
    }

    /** Closes everything, once. Whoever closes second waits until the first is done. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        service.stopping();
        // Before all else the notes end, which must not wait for a browser.
        session.close();
        if (guard != null) {
            guard.close();
        }
        remote.close();
        if (osc != null) {
            osc.close();
        }
        if (lessons != null) {
            lessons.close();
        }
        if (dashboard != null) {
            dashboard.close();
        }
        view.end();
        steering.keepMemory(System.err::println);
        if (status != null) {
            status.close();
        }
        Journal journal = session.journal();
        Path recorded = journal == null ? null : journal.file();
        if (recorded != null) {
            try {
                System.out.println("recorded: " + Take.read(recorded).writeMidi(Take.midiFile(recorded)));
            } catch (JournalException | MidiException failure) {
                System.err.println(failure.getMessage());
            }
        }
    }
}
