package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.image.Progress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress of long work: a bar with rate and time left on a terminal, a line for each piece of work elsewhere. */
final class ProgressLine implements Progress, AutoCloseable {
    private final Console console;
    private String current = "";
    private ProgressBar bar;

    ProgressLine(Console console) {
        this.console = console;
    }

    @Override
    public void at(String what, long done, long total) {
        if (!what.equals(current)) {
            begin(what, total);
        }
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(done);
        }
    }

    @Override
    public void step(String line) {
        close();
        current = "";
        console.info(line);
    }

    private void begin(String what, long total) {
        close();
        current = what;
        if (!console.isTerminal()) {
            console.info(what);
            return;
        }
        bar = new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(total)
                .setUnit(" MB", 1 << 20)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .setUpdateIntervalMillis(200)
                .build();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
