package io.jenkins.plugins.qemush.engine.task;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.image.store.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs stock steps as tasks in a guest of its own, for one test. */
final class StepRunner implements BeforeEachCallback, AfterEachCallback {
    static final String USER = "root";

    private final List<Integer> ends = new CopyOnWriteArrayList<>();
    private Path scratch;
    private Path workspace;
    private LocalGuest guest;
    private GuestTasks tasks;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        scratch = Files.createTempDirectory("qemu-sh-tasks");
        workspace = Files.createDirectories(scratch.resolve("agent of many/work space é"));
    }

    void open(GuestKind kind) throws IOException, InterruptedException {
        guest = kind.start(workspace.getParent(), scratch);
        tasks = new GuestTasks(guest, observer(), pending());
    }

    private TaskObserver observer() {
        return new TaskObserver() {
            @Override
            public void taskStarts(TaskRequest request) {
                assertThat(request.controlDirectory()).isNotEmpty();
            }

            @Override
            public Optional<String> adviceOn(String lastWords) {
                return lastWords.contains("cc: not found") ? Optional.of("gcc helps") : Optional.empty();
            }

            @Override
            public void taskEnds(TaskRequest request, int status) {
                ends.add(status);
            }
        };
    }

    Path workspace() {
        return workspace;
    }

    /** Where the tasks that have not ended are kept. */
    Path pending() {
        return scratch.resolve("pending");
    }

    LocalGuest guest() {
        return guest;
    }

    GuestTasks tasks() {
        return tasks;
    }

    /** The exit statuses that the observer was told. */
    List<Integer> ends() {
        return ends;
    }

    void start(StockStep step) throws IOException, InterruptedException {
        start(step, TaskFiles.NONE);
    }

    void start(StockStep step, TaskFiles files) throws IOException, InterruptedException {
        tasks.start(step.request(USER), files);
    }

    void awaitLog(StockStep step, String text) {
        await().until(() -> step.log().contains(text));
    }

    void awaitEnd(StockStep step) {
        await().pollInterval(Duration.ofMillis(10)).until(step::isOver);
    }

    StockStep run(StockStep step) throws IOException, InterruptedException {
        start(step);
        awaitEnd(step);
        return step;
    }

    StockStep sh(String text) throws IOException, InterruptedException {
        return run(StockStep.sh(workspace, text));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (tasks != null) {
            tasks.close();
            guest.close();
        }
        FileTree.delete(scratch);
    }
}
