package io.jenkins.plugins.qemush.engine.task;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.supervisor.SharedFolder;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Steps in a real machine, one for all tests. */
@Tag("vm")
class TaskInMachineVmTest {
    private static TaskMachine machine;

    @BeforeAll
    static void boot() throws Exception {
        machine = TaskMachine.boot();
    }

    @AfterAll
    static void end() throws Exception {
        machine.close();
    }

    @Test
    void stepRunsThereAsTheUser() throws Exception {
        StockStep step = TaskMachine.over(machine.start("uname -m; id -un; pwd; env"));

        assertThat(step.log())
                .contains("\naarch64\n", "\n" + machine.user() + "\n", "\n" + machine.workspace() + "\n")
                .doesNotContain("QEMU_SH_COMMAND");
        assertThat(step.result()).isZero();
    }

    @Test
    void sharedFolderIsThereBeforeAnyCommand() throws Exception {
        Path shared = Files.createDirectory(machine.workspace().resolveSibling("shared"));
        Files.writeString(shared.resolve("file"), "from the host\n");
        SharedFolder folder = new SharedFolder(shared, shared.toString(), machine.user(), List.of(), SyncMode.DISK);

        machine.client().share(folder, line -> {});

        assertThat(machine.output("cat", shared + "/file")).isEqualTo("from the host\n");
    }

    @Test
    void fileOfACredentialIsThereForAsLongAsOnTheAgent() throws Exception {
        Path secrets = Files.createDirectories(
                machine.workspace().resolveSibling(machine.workspace().getFileName() + "@tmp/secretFiles"));
        Path key = Files.writeString(secrets.resolve("key"), "s3cret");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        StockStep with = TaskMachine.over(machine.start("set +x; cat '" + key + "'; stat -c ' %a %U' '" + key + "'"));
        Files.delete(key);
        StockStep without = TaskMachine.over(machine.start("! test -e '" + key + "'"));

        assertThat(with.log()).contains("s3cret 600 " + machine.user() + "\n");
        assertThat(without.result()).isZero();
    }

    @Test
    void fourteenRunAtOnce() throws Exception {
        List<StockStep> steps = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            steps.add(machine.start("sleep 5; exit " + i));
        }
        for (int i = 0; i < 14; i++) {
            assertThat(TaskMachine.over(steps.get(i)).result()).isEqualTo(i);
        }
    }

    @Test
    void everyLineComesOnceThoughItsConnectionIsKilledInTheGuest() throws Exception {
        StockStep step = machine.start("#!/bin/sh\nfor i in $(seq 1 40); do echo tick $i; sleep 0.2; done\n");
        await().until(() -> step.log().contains("tick 5\n"));
        machine.asRoot("for p in /proc/[0-9]*; do"
                + " case $(cat $p/cmdline) in *listener*) ;; \"sshd: \"*) kill -9 ${p#/proc/} ;; esac; done");

        assertThat(TaskMachine.over(step).log().lines().toList()).hasSize(40).doesNotHaveDuplicates();
        assertThat(step.result()).isZero();
    }

    @Test
    void abortEndsTheScript() throws Exception {
        StockStep step = machine.start("sleep 1000");
        await().until(() -> step.log().contains("sleep"));
        machine.client().killTasks("JENKINS_SERVER_COOKIE=" + StockStep.COOKIE);

        assertThat(TaskMachine.over(step).result()).isEqualTo(143);
    }
}
