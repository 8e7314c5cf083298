package io.jenkins.plugins.qemush.report;

import io.jenkins.plugins.qemush.engine.console.ConsolePage;
import io.jenkins.plugins.qemush.engine.console.ConsoleQuery;
import io.jenkins.plugins.qemush.engine.console.ConsoleReader;
import java.io.IOException;
import java.io.InputStream;
import jenkins.util.VirtualFile;

/**
 * The console of a machine that is gone, as an artifact of its build.
 *
 * @param file need not exist
 */
record ArchivedConsole(VirtualFile file) implements ConsoleText {
    @Override
    public ConsolePage ask(ConsoleQuery query) throws IOException {
        return file.isFile() ? query.ask(new ConsoleReader(file::open)) : query.withoutLog();
    }

    @Override
    public InputStream open() throws IOException {
        return file.open();
    }

    @Override
    public boolean isLive() {
        return false;
    }
}
