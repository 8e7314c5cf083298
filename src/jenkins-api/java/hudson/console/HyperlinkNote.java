package hudson.console;

public class HyperlinkNote {
    private HyperlinkNote() {}

    public static native String encodeTo(String url, String text);
}
