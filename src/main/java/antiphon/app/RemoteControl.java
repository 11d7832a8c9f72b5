package antiphon.app;

import antiphon.config.Config;
import antiphon.config.ConfigException;
import antiphon.config.ControllerMap;
import antiphon.config.Setting;
import antiphon.config.SteerSetting;
import antiphon.live.Commands;
import antiphon.live.Keyboard;
import antiphon.live.LiveSession;
import antiphon.music.Message;
import antiphon.remote.Controllers;
import antiphon.remote.Osc;
import antiphon.remote.Remote;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What steers a session from outside, made from the settings. Cold threads. */
final class RemoteControl {
    private RemoteControl() {}

    /**
     * Checks what must be right before any port opens.
     *
     * @throws ConfigException if a preset that is named is none
     */
    static void check(Config config) {
        PresetChoice.order(config, Installation.presets());
        address(config);
        receivers(config);
    }

    /** True if OSC is to be taken. */
    static boolean hasOsc(Config config) {
        return !isOff(config, SteerSetting.OSC_PORT);
    }

    /**
     * Begins to take OSC. If that is not possible, a line says so, and music goes on without it.
     *
     * @return null if it is off, or not possible
     */
    static @Nullable Osc openOsc(LiveSession session, Remote remote, Config config, Consumer<String> told) {
        Keyboard keyboard = session.keyboard();
        if (!hasOsc(config) || keyboard == null) {
            return null;
        }
        InetSocketAddress address = address(config);
        try {
            Osc osc = Osc.open(address, receivers(config), session.tap(), remote, keyboard);
            told.accept("osc: listening on " + address.getAddress().getHostAddress() + ":" + osc.port());
            return osc;
        } catch (IOException failure) {
            told.accept("osc.port = " + address.getPort() + ": cannot be listened to (" + failure.getMessage()
                    + "); a free port of this machine needed. Set osc.port or osc.address.");
            return null;
        }
    }

    private static InetSocketAddress address(Config config) {
        String address = config.value(SteerSetting.OSC_ADDRESS);
        int port = Math.max(0, config.value(SteerSetting.OSC_PORT).intValue());
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(address), port);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigException(
                    List.of("osc.address = " + address + "; allowed: an IP address, such as 127.0.0.1."));
        }
    }

    private static List<InetSocketAddress> receivers(Config config) {
        List<InetSocketAddress> receivers = new ArrayList<>();
        for (String receiver : config.value(SteerSetting.OSC_SEND_TO)) {
            int colon = receiver.lastIndexOf(':');
            String host = receiver.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
            try {
                receivers.add(new InetSocketAddress(
                        InetAddress.ofLiteral(host.equals("localhost") ? "127.0.0.1" : host),
                        Integer.parseInt(receiver.substring(colon + 1))));
            } catch (IllegalArgumentException wrong) {
                throw new ConfigException(List.of(
                        "osc.send-to = " + receiver + "; allowed: IP addresses with ports, such as 127.0.0.1:9000."));
            }
        }
        return receivers;
    }

    /** Begins to listen to controllers, program changes and keys. */
    static Remote open(LiveSession session, Steering steering, Config config) {
        int key = config.value(SteerSetting.KEYS).intValue();
        // People count programs from 1.
        int program = isOff(config, SteerSetting.PROGRAM)
                ? -1
                : config.value(SteerSetting.PROGRAM).intValue() - 1;
        Remote.Switches switches = Remote.Switches.none();
        Commands commands = Commands.NONE;
        if (key >= 0 || program >= 0) {
            List<String> presets = PresetChoice.order(config, Installation.presets());
            switches = new Remote.Switches(presets, key, program);
            commands = key < 0 ? commands : commands.withKeys(key, Math.min(presets.size(), Message.PITCHES - key));
            commands = program < 0
                    ? commands
                    : commands.withPrograms(program, Math.min(presets.size(), Message.PITCHES - program));
        }
        Path file = Installation.state().resolve("controllers.toml");
        Controllers controllers = new Controllers(file, read(file), commands, session.controls()::commands);
        return new Remote(session.tap(), steering, controllers, switches);
    }

    private static boolean isOff(Config config, Setting<Long> setting) {
        return config.value(setting) == SteerSetting.OFF;
    }

    /** What is wrong in the file is told; music goes on without it. */
    private static ControllerMap read(Path file) {
        try {
            return ControllerMap.read(file);
        } catch (ConfigException wrong) {
            wrong.mistakes().forEach(System.err::println);
            return ControllerMap.empty();
        }
    }
}
