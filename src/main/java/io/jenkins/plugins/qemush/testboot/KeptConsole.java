package io.jenkins.plugins.qemush.testboot;

import io.jenkins.plugins.qemush.engine.console.ConsolePage;
import io.jenkins.plugins.qemush.engine.console.ConsoleQuery;
import io.jenkins.plugins.qemush.engine.console.ConsoleReader;
import io.jenkins.plugins.qemush.report.ConsoleText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The console of a machine that is gone, in memory: its first bytes, which have the boot. */
final class KeptConsole implements ConsoleText {
    /** A boot that tells everything has some 100 kB. */
    private static final int MOST = 2 << 20;

    private final byte[] bytes;

    private KeptConsole(byte[] bytes) {
        this.bytes = bytes;
    }

    static KeptConsole read(InputStream console) throws IOException {
        try (console) {
            return new KeptConsole(console.readNBytes(MOST));
        }
    }

    @Override
    public ConsolePage ask(ConsoleQuery query) throws IOException {
        return query.ask(new ConsoleReader(this::open));
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public boolean isLive() {
        return false;
    }
}
