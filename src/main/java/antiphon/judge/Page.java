package antiphon.judge;

/** What all reports for people have in common. Pure. */
final class Page {
    private Page() {}

    /** A page that needs nothing else. */
    static String whole(String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<title>" + title + "</title>\n<style>\n" + ReportStyle.CSS
                + "</style></head>\n<body><main>\n"
                + body
                + "</main></body></html>\n";
    }

    /** What was typed, and which network that was. */
    static String entries(Provenance provenance) {
        return entry("command", provenance.command())
                + entry("model", provenance.model().toString())
                + entry("sha256", provenance.modelSha256());
    }

    static String entry(String term, String text) {
        return "<dt>" + term + "</dt><dd><code>" + Svg.escaped(text) + "</code></dd>\n";
    }
}
