package io.jenkins.plugins.qemush.report;

import io.jenkins.plugins.qemush.engine.console.ConsolePage;
import io.jenkins.plugins.qemush.engine.console.ConsoleQuery;
import java.io.InputStream;

/**
 * The console of a machine that is not there.
 *
 * @param isLive whether it may still come
 */
public record NoConsole(boolean isLive) implements ConsoleText {
    @Override
    public ConsolePage ask(ConsoleQuery query) {
        return query.withoutLog();
    }

    @Override
    public InputStream open() {
        return InputStream.nullInputStream();
    }
}
