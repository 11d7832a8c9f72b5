package antiphon.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What zsh completes, with what each command and option does beside it (zshcompsys(1)); picocli only writes bash. A function
 * for each command, so that its subcommands and options are its own. One thread.
 */
final class ZshCompletion {
    private final CommandLine root;
    private final StringBuilder text = new StringBuilder();

    ZshCompletion(CommandLine root) {
        this.root = root;
    }

    /** The file {@code _antiphon}; it can also be sourced. */
    String text() {
        text.setLength(0);
        text.append("#compdef ").append(root.getCommandName()).append('\n');
        function(root);
        String function = name(root.getCommandSpec());
        // Found by its name on the path of functions, it is called; sourced, it tells what it is for.
        text.append("\nif [ \"${funcstack[1]}\" = %1$s ]; then\n  %1$s \"$@\"\nelse\n  compdef %1$s %2$s\nfi\n"
                .formatted(function, root.getCommandName()));
        return text.toString();
    }

    private void function(CommandLine command) {
        List<CommandLine> below = command.getSubcommands().values().stream()
                .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                .toList();
        below.forEach(this::function);
        text.append("\n").append(name(command.getCommandSpec())).append("() {\n");
        List<String> words = arguments(command.getCommandSpec());
        if (below.isEmpty()) {
            text.append("  _arguments -s -S").append(joined(words)).append("\n}\n");
            return;
        }
        words.add("'1:command:->command'");
        words.add("'*::argument:->argument'");
        text.append("  local context state state_descr line curcontext=$curcontext\n  typeset -A opt_args\n");
        text.append("  local -a commands=(");
        below.forEach(each -> text.append("\n    ").append(described(each)));
        text.append("\n  )\n  _arguments -s -S -C").append(joined(words)).append(" && return\n");
        text.append("  case $state in\n    command) _describe command commands ;;\n    argument)\n");
        text.append("      case $words[1] in\n");
        for (CommandLine each : below) {
            text.append("        %s) %s ;;\n".formatted(each.getCommandName(), name(each.getCommandSpec())));
        }
        text.append("      esac\n      ;;\n  esac\n}\n");
    }

    private static String name(CommandSpec spec) {
        return "_" + spec.qualifiedName("_").replace('-', '_');
    }

    private static String joined(List<String> words) {
        return words.stream().map(word -> " \\\n    " + word).collect(Collectors.joining());
    }

    private static String described(CommandLine command) {
        String about = first(command.getCommandSpec().usageMessage().description());
        return quoted(command.getCommandName() + ":" + about.replace(":", "\\:"));
    }

    private static List<String> arguments(CommandSpec spec) {
        List<String> words = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                words.addAll(option(option));
            }
        }
        for (PositionalParamSpec each : spec.positionalParameters()) {
            String place = each.arity().max() > 1 || each.isMultiValue()
                    ? "*"
                    : String.valueOf(each.index().min() + 1);
            words.add(quoted(place + ":" + plain(each.paramLabel()) + ":" + action(each)));
        }
        return words;
    }

    /** As often as it has names: each excludes the others, unless it can be given more than once. */
    private static List<String> option(OptionSpec option) {
        List<String> names = new ArrayList<>(List.of(option.names()));
        if (option.negatable()) {
            names.add(option.longestName().replaceFirst("^--", "--no-"));
        }
        String others = option.isMultiValue() ? "*" : names.size() > 1 ? "(" + String.join(" ", names) + ")" : "";
        boolean valued = option.arity().max() > 0;
        String value = valued ? ":" + plain(option.paramLabel()) + ":" + action(option) : "";
        return names.stream()
                .map(name -> quoted(others + name + (valued && name.startsWith("--") ? "=" : "") + "["
                        + plain(first(option.description())) + "]" + value))
                .toList();
    }

    private static String action(ArgSpec argument) {
        String label = argument.paramLabel();
        @Nullable Iterable<String> candidates = argument.completionCandidates();
        if (candidates != null) {
            return "(" + String.join(" ", candidates) + ")";
        }
        if (label.matches("[a-z0-9]+(\\|[a-z0-9]+)+")) {
            return "(" + label.replace('|', ' ') + ")";
        }
        boolean file = label.startsWith("FILE")
                || argument.typeInfo().getType() == Path.class
                || auxiliary(argument) == Path.class;
        return file ? label.contains("DIR") ? "_files -/" : "_files" : " ";
    }

    private static Class<?> auxiliary(ArgSpec argument) {
        Class<?>[] types = argument.typeInfo().getAuxiliaryTypes();
        return types.length > 0 ? types[0] : argument.typeInfo().getType();
    }

    /** The first sentence: there is room for one line. */
    private static String first(String[] description) {
        String all = String.join(" ", description);
        int end = all.indexOf(". ");
        return (end < 0 ? all : all.substring(0, end)).replaceFirst("\\.$", "");
    }

    /** Brackets and colons separate the parts of what _arguments is told. */
    private static String plain(String text) {
        return text.replaceAll("([\\[\\]:\\\\])", "\\\\$1");
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
