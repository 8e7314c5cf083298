package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.supervisor.VmState;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.vm.run.VmDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code qemu-sh ps}: the machines of this user. */
@Command(name = "ps", description = "List this user's machines.")
final class PsCommand implements Callable<Integer> {
    private static final String ROW = "%-20s %-10s %-20s %-10s %-8s %6s %6s%n";

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    /** A machine as {@code --json} shows it. */
    private record Row(
            String name,
            String arch,
            String image,
            String state,
            String user,
            int port,
            long seconds,
            String directory) {}

    @Override
    public Integer call() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (RunDirectory directory : RunRoot.ofUser().list()) {
            rows.add(row(directory));
        }
        if (json) {
            System.out.println(EngineJson.toJson(rows));
            return 0;
        }
        System.out.printf(ROW, "NAME", "ARCH", "IMAGE", "STATE", "USER", "PORT", "AGE");
        for (Row row : rows) {
            System.out.printf(
                    ROW, row.name(), row.arch(), row.image(), row.state(), row.user(), row.port(), age(row.seconds()));
        }
        return 0;
    }

    private static Row row(RunDirectory directory) throws IOException, InterruptedException {
        VmState state = new ControlClient(directory).state();
        String shown = state.name().toLowerCase(Locale.ROOT);
        if (!Files.exists(directory.description())) {
            return new Row(
                    directory.name(), "", "", shown, "", 0, 0, directory.path().toString());
        }
        VmDescription vm = EngineJson.read(directory.description(), VmDescription.class);
        long seconds = Duration.between(Instant.ofEpochMilli(vm.started()), Instant.now())
                .toSeconds();
        return new Row(
                vm.name(),
                vm.arch(),
                vm.image(),
                shown,
                vm.user(),
                vm.port(),
                seconds,
                directory.path().toString());
    }

    private static String age(long seconds) {
        if (seconds < 120) {
            return seconds + "s";
        }
        return seconds < 7200 ? seconds / 60 + "m" : seconds / 3600 + "h";
    }
}
