package antiphon.app;

import java.util.List;
import java.util.stream.Collectors;

/** The text of the systemd unit (systemd.service(5), systemd.exec(5)). */
final class SystemdUnit {
    /** Of both kinds. No memory may be both written and run, is what MemoryDenyWriteExecute asks; but Java compiles. */
    private static final String COMMON =
            """
            [Unit]
            Description=Antiphon, a MIDI partner that answers
            After=sound.target jack.service pipewire.service
            # One that ends at once, again and again, is left alone. Waiting for a JACK server, one try takes 3 s.
            StartLimitIntervalSec=60
            StartLimitBurst=40

            [Service]
            # bin/antiphon becomes java (exec): the main process is the one that says that it is ready.
            Type=notify
            NotifyAccess=main
            ExecStart=%s
            ExecReload=/bin/kill -HUP $MAINPID
            # After every end, kill -9 too: ends what still sounds, at everybody whom we were connected to. The guard, a process
            # beside the main one, has done so before, for it runs already; it must outlive the main one for that.
            KillMode=process
            ExecStopPost=-%s
            %s
            # Twice in this time the program says that its engine works. If it does not: an end at once, without a core.
            WatchdogSec=10
            WatchdogSignal=SIGKILL
            Restart=on-failure
            RestartSec=1
            # Wrong use or settings: another start heals nothing.
            RestartPreventExitStatus=2 78
            SuccessExitStatus=143
            TimeoutStartSec=120
            TimeoutStopSec=30
            # Real-time threads and memory that is not swapped out; no core files of a whole heap.
            LimitRTPRIO=95
            LimitMEMLOCK=infinity
            LimitCORE=0
            RestrictRealtime=no
            # Java compiles while it runs.
            MemoryDenyWriteExecute=no
            NoNewPrivileges=yes
            LockPersonality=yes
            RestrictSUIDSGID=yes
            RestrictNamespaces=yes
            RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
            SystemCallArchitectures=native
            SystemCallFilter=@system-service
            SystemCallErrorNumber=EPERM
            UMask=0077
            """;

    /**
     * Only of the whole machine's: a user's own service manager needs namespaces of users for these, which some systems
     * forbid; then it would not start at all.
     */
    private static final String SYSTEM =
            """
            User=%s
            SupplementaryGroups=audio
            # Notes that sound are written down in memory, and outlive a restart; the rest lies in the state.
            RuntimeDirectory=antiphon
            RuntimeDirectoryMode=0700
            RuntimeDirectoryPreserve=yes
            StateDirectory=antiphon
            StateDirectoryMode=0700
            Environment=XDG_RUNTIME_DIR=%%t/antiphon XDG_STATE_HOME=%%S/antiphon XDG_DATA_HOME=%%S/antiphon
            CapabilityBoundingSet=
            ProtectSystem=strict
            # Settings, networks and the program itself may lie there. What is to be recorded there: systemctl edit antiphon,
            # [Service], ReadWritePaths=THE FOLDER.
            ProtectHome=read-only
            # JACK's sockets and shared memory are in /tmp and /dev/shm.
            PrivateTmp=no
            ReadWritePaths=/tmp
            DevicePolicy=closed
            DeviceAllow=char-alsa rw
            DeviceAllow=/dev/cpu_dma_latency rw
            ProtectClock=yes
            ProtectControlGroups=yes
            ProtectHostname=yes
            ProtectKernelLogs=yes
            ProtectKernelModules=yes
            ProtectKernelTunables=yes
            ProtectProc=invisible
            """;

    private SystemdUnit() {}

    /** Of the service. */
    static String service(ServiceSetup setup) {
        String variables = setup.variables().entrySet().stream()
                .map(each -> "Environment=" + word(each.getKey() + "=" + each.getValue(), false))
                .collect(Collectors.joining("\n"));
        return COMMON.formatted(command(setup.run()), command(setup.antiphon(List.of("release"))), variables)
                + (setup.system() ? SYSTEM.formatted(word(setup.user(), false)) : "")
                + "\n[Install]\nWantedBy=" + (setup.system() ? "multi-user.target" : "default.target") + "\n";
    }

    /** Of what starts the service as soon as there is a MIDI device, or one is plugged in. */
    static String keyboard(ServiceSetup setup) {
        return """
                [Unit]
                Description=Starts Antiphon when a keyboard is plugged in

                [Path]
                PathExistsGlob=/dev/snd/midiC*D*
                Unit=antiphon.service

                [Install]
                WantedBy=%s
                """
                .formatted(setup.system() ? "multi-user.target" : "default.target");
    }

    /** A command line. The program's own name is taken as it stands: only arguments have variables. */
    private static String command(List<String> command) {
        return word(command.getFirst(), false)
                + command.stream().skip(1).map(each -> " " + word(each, true)).collect(Collectors.joining());
    }

    /** A word for systemd, to which %, $, quotation marks, backslashes and blanks mean something. */
    private static String word(String text, boolean variables) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new UserException("service install: " + Shown.line(text)
                    + ": has control characters; allowed: a name without. Move or rename it.");
        }
        String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%");
        String whole = variables ? escaped.replace("$", "$$") : escaped;
        return whole.matches("[A-Za-z0-9_./:=@%$+,-]+") ? whole : "\"" + whole + "\"";
    }
}
