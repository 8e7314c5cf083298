package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code qemu-sh doctor}: what this host has, and how to get what it lacks. */
@Command(
        name = "doctor",
        description = "Say what this host has, what is missing, and how to install it.",
        footer = {"", "Exit codes: 0 when something can be booted; 125 when a required part is missing."})
final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        List<HostCheck> checks = HostCheck.all();
        if (json) {
            System.out.println(EngineJson.toJson(checks));
        } else {
            for (HostCheck check : checks) {
                System.out.printf("%-8s %-22s %s%n", check.result().word(), check.what(), check.detail());
                if (!check.advice().isEmpty()) {
                    System.out.printf("%31s %s%n", "", check.advice());
                }
            }
        }
        return checks.stream().anyMatch(HostCheck::isFatal) ? Main.FAILED : 0;
    }
}
