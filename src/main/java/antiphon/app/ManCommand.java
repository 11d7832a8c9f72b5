package antiphon.app;

import picocli.CommandLine.Command;

/** {@code antiphon man}: the manual page, made from the commands themselves so that it is never out of date. */
@Command(
        name = "man",
        hidden = true,
        description = "Print the manual page, for man and its relatives: antiphon man | man -l -",
        mixinStandardHelpOptions = true)
final class ManCommand implements Runnable {
    @Override
    public void run() {
        System.out.print(new ManPage(Main.commandLine(), Version.number()).text());
    }
}
