package io.jenkins.plugins.qemush.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What Jenkins reads of a step is there, and is the step's, whatever its command prints and however it ends. */
@Execution(ExecutionMode.CONCURRENT)
class FilesOfAStepTest {
    /** What a command prints, by what it prints it with. */
    private static final Map<String, String> OUTPUTS = Map.of(
            ":", "",
            "printf 'one\\ntwo\\n'", "one\ntwo\n",
            "printf 'no end'", "no end",
            "printf 'a\\000b\\n'", "a\000b\n");

    /** The result that a command leaves, by how it ends. */
    private static final Map<String, Integer> ENDS = Map.of(
            "exit 0",
            0,
            "exit 3",
            3,
            "kill -TERM $$",
            143,
            "kill -KILL $(grep -lsz \"^QEMU_SH_TASK=$QEMU_SH_TASK\" /proc/[0-9]*/environ | cut -d/ -f3 | grep -vx $$)",
            GuestTasks.NO_STATUS);

    @RegisterExtension
    final StepRunner steps = new StepRunner();

    private record Row(StockStep step, String script, boolean captured, String output, int result) {

        /** As durable-task's FileMonitoringTask does. */
        void read() throws IOException {
            String log = Files.readString(step.control().resolve("jenkins-log.txt"), StandardCharsets.ISO_8859_1);
            assertThat(step.result()).as(script).isEqualTo(result);
            if (captured) {
                assertThat(Files.readString(step.control().resolve("output.txt")))
                        .as(script)
                        .isEqualTo(output);
            } else {
                assertThat(log).as(script).contains(output);
                assertThat(step.control().resolve("output.txt")).doesNotExist();
            }
        }
    }

    @InEveryGuest
    void everyOutputAndEveryEndArrives(GuestKind kind) throws Exception {
        steps.open(kind);
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, String> output : OUTPUTS.entrySet()) {
            for (Map.Entry<String, Integer> end : ENDS.entrySet()) {
                String script = output.getKey() + "; " + end.getKey();
                rows.add(new Row(
                        StockStep.sh(steps.workspace(), script), script, false, output.getValue(), end.getValue()));
                rows.add(new Row(
                        StockStep.returnStdout(steps.workspace(), script),
                        script,
                        true,
                        output.getValue(),
                        end.getValue()));
            }
        }
        for (Row row : rows) {
            steps.start(row.step());
        }
        for (Row row : rows) {
            steps.awaitEnd(row.step());
            row.read();
        }
    }

    @InEveryGuest
    void filesAreThereBeforeTheCommandPrintsAnything(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.returnStdout(steps.workspace(), "sleep 1000");
        steps.start(step);

        assertThat(files(step)).contains("jenkins-log.txt", "output.txt").doesNotContain("jenkins-result.txt");
    }

    @InEveryGuest
    void outputIsThereWhenTheMachineFails(GuestKind kind) throws Exception {
        steps.open(kind);
        StockStep step = StockStep.returnStdout(steps.workspace(), "sleep 1000");
        steps.start(step);
        steps.tasks().fail(new GuestFailure("The guest's kernel panicked: test.", ""));

        assertThat(step.result()).isEqualTo(GuestTasks.NO_STATUS);
        assertThat(files(step)).contains("jenkins-log.txt", "output.txt");
    }

    private static List<String> files(StockStep step) throws IOException {
        try (Stream<Path> all = Files.list(step.control())) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }
}
