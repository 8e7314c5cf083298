package io.jenkins.plugins.qemush.report;

import io.jenkins.plugins.qemush.engine.console.ConsolePage;
import io.jenkins.plugins.qemush.engine.console.ConsoleQuery;
import java.io.IOException;
import java.io.InputStream;

/** A machine's console log, wherever it lies. */
public interface ConsoleText {
    ConsolePage ask(ConsoleQuery query) throws IOException, InterruptedException;

    /** All of it, as the guest wrote it. */
    InputStream open() throws IOException, InterruptedException;

    /** Whether more may come. */
    boolean isLive();
}
