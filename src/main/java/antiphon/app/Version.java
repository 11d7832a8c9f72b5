package antiphon.app;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar; 0 when run from class folders. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"antiphon " + number()};
    }

    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "0" : version;
    }
}
