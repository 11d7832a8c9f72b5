package antiphon.app;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of all commands and options, as man(7) wants it. picocli's own generator writes AsciiDoc, which needs
 * Asciidoctor, 30 MB of Ruby, to become a page. One thread.
 */
final class ManPage {
    private static final String END =
            """
            .SH FILES
            .TP
            .I ~/.config/antiphon/antiphon.toml
            Your settings. antiphon config init writes it, with every setting and what it means.
            .TP
            .I ~/.config/antiphon/presets
            Your presets.
            .TP
            .I ~/.local/share/antiphon
            Takes, and what it has learned from your files.
            .TP
            .I ~/.local/state/antiphon
            The page's token, and what a program that was killed left sounding.
            .SH ENVIRONMENT
            .TP
            .B ANTIPHON_PLAY_TOP_P=0.9
            and the like: a setting, here play.top\\-p; before the file, after the options.
            .TP
            .B ANTIPHON_JAVA_OPTS
            Further flags for Java.
            .TP
            .B ANTIPHON_JAVA_HOME
            The Java to use, instead of the program's own.
            .SH EXIT STATUS
            .TP
            .B 0
            It did what was asked.
            .TP
            .B 1
            It failed.
            .TP
            .B 2
            Its words or options are wrong.
            .TP
            .B 69
            There is no such port, no MIDI system, or no antiphon to ask.
            .TP
            .B 78
            Settings are wrong.
            """;

    private final CommandLine root;
    private final String version;
    private final StringBuilder text = new StringBuilder();

    ManPage(CommandLine root, String version) {
        this.root = root;
        this.version = version;
    }

    /** The page, with lines ended by line feeds. */
    String text() {
        CommandSpec spec = root.getCommandSpec();
        String name = root.getCommandName();
        String about = String.join(" ", spec.usageMessage().description());
        text.setLength(0);
        text.append(".TH %s 1 \"\" \"%s %s\"\n".formatted(name.toUpperCase(Locale.ROOT), name, escaped(version)));
        text.append(".SH NAME\n%s \\- %s\n".formatted(name, escaped(lowerCase(about))));
        text.append(".SH SYNOPSIS\n.B %s\n[\\fICOMMAND\\fR] [\\fIOPTION\\fR]...\n".formatted(name));
        text.append(".SH DESCRIPTION\n");
        line(String.join(" ", spec.usageMessage().footer()).strip());
        text.append(".SH OPTIONS\n");
        arguments(spec);
        text.append(".SH COMMANDS\n");
        root.getSubcommands().values().forEach(this::command);
        return text.append(END).toString();
    }

    private void command(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        text.append(".SS \"").append(escaped(spec.qualifiedName())).append("\"\n");
        line(String.join(" ", spec.usageMessage().description()));
        arguments(spec);
        command.getSubcommands().values().forEach(this::command);
    }

    /** {@code --help} is only said once, with the program itself. */
    private void arguments(CommandSpec spec) {
        boolean first = spec.parent() == null;
        for (PositionalParamSpec each : spec.positionalParameters()) {
            if (!each.hidden()) {
                argument("\\fI" + escaped(each.paramLabel()) + "\\fR", each);
            }
        }
        for (OptionSpec each : spec.options()) {
            if (!each.hidden() && (first || !(each.usageHelp() || each.versionHelp()))) {
                argument(names(each), each);
            }
        }
    }

    private void argument(String heading, ArgSpec argument) {
        text.append(".TP\n").append(heading).append('\n');
        line(String.join(" ", argument.description()));
    }

    private static String names(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : "=\\fI" + escaped(option.paramLabel()) + "\\fR";
        List<String> names = List.of(option.names()).stream()
                .map(name -> option.negatable() ? name.replaceFirst("^--", "--[no-]") : name)
                .map(name -> "\\fB" + escaped(name) + "\\fR" + (name.startsWith("--") ? value : ""))
                .toList();
        return String.join(", ", names);
    }

    /** A line of its own: one that began with a dot or an apostrophe would be a command of troff's. */
    private void line(String prose) {
        String escaped = escaped(prose);
        text.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
                .append(escaped)
                .append('\n');
    }

    private static String escaped(String prose) {
        return prose.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("\"", "\\(dq")
                .replaceAll("\\s*%n\\s*|\\s*\n\\s*", " ");
    }

    private static String lowerCase(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT)
                + sentence.substring(1).replaceFirst("\\.$", "");
    }
}
