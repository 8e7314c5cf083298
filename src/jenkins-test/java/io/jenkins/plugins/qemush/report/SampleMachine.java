package io.jenkins.plugins.qemush.report;

import hudson.model.Run;
import io.jenkins.plugins.qemush.agent.MachineFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A machine of a build as the step would have noted it, with texts to choose. */
public final class SampleMachine {
    private static final long BEGUN = 1_700_000_000_000L;

    private final Run<?, ?> run;
    private final String name;

    private SampleMachine(Run<?, ?> run, String name) {
        this.run = run;
        this.name = name;
    }

    /** @param text what the image, the node and all that people read of it have in their names */
    public static SampleMachine in(Run<?, ?> run, String arch, String text) throws IOException {
        MachineFacts facts = new MachineFacts(
                arch,
                "image " + text,
                "source " + text,
                Map.of("kernel " + text, "0123"),
                "node " + text,
                512,
                1,
                "user " + text,
                true,
                true,
                List.of("qemu-sh run " + text));
        SampleMachine machine = new SampleMachine(run, MachinesAction.add(run, facts, BEGUN, "a turn"));
        machine.notes().running("qemu-system " + text);
        machine.notes()
                .events(event(500, "qemu_started", "")
                        + event(1500, "kernel", "")
                        + event(4000, "ready", "")
                        + event(4400, "ssh", "")
                        + event(4500, "command", "sh " + text)
                        + event(5000, "command_end", "exit status " + text));
        return machine;
    }

    private static String event(long after, String event, String detail) {
        return new TimelineEvent(BEGUN + after, event, detail).line();
    }

    public String name() {
        return name;
    }

    SampleMachine passed() {
        notes().end(MachineEnd.passed());
        return this;
    }

    SampleMachine crashed(String verdict, String console) {
        notes().end(MachineEnd.crashed(new MachineFailure(verdict, console, true)));
        return this;
    }

    SampleMachine console(String text) throws IOException {
        Path log = run.getArtifactsDir().toPath().resolve("qemu-sh/" + name + "/console.log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, text);
        return this;
    }

    private MachineNotes notes() {
        return MachinesAction.notes(run, name);
    }
}
