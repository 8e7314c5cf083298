package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ConsoleLogin;
import io.jenkins.plugins.qemush.engine.machine.Bus;
import io.jenkins.plugins.qemush.engine.machine.Machine.DiskBus;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the configuration sets for an image, whatever the image says of itself. Everything may be null, which leaves it as
 * it is; the machine's columns have the names of {@code image.json}.
 *
 * @param user who runs the commands
 * @param login whom to log in as on the console
 * @param prompt the end of the line that asks for it
 */
public record ImageSettings(
        String user,
        String login,
        String prompt,
        String machine,
        String cpu,
        String console,
        String bus,
        String disk,
        String net,
        String root,
        Integer memory,
        Integer smp,
        String kernelArguments,
        List<String> qemuArguments)
        implements Serializable {

    public ImageSettings {
        qemuArguments = List.copyOf(qemuArguments);
    }

    Image appliedTo(Image image) {
        ImageManifest manifest = image.manifest();
        ConsoleLogin old = manifest.console();
        ConsoleLogin changed =
                new ConsoleLogin(login == null ? old.login() : login, prompt == null ? old.prompt() : prompt);
        return new Image(
                image.folder(),
                manifest.with(
                        user == null ? manifest.user() : user,
                        changed,
                        overrides().over(manifest.machine())));
    }

    private MachineOverrides overrides() {
        return new MachineOverrides(
                Optional.ofNullable(machine),
                Optional.ofNullable(cpu),
                Optional.ofNullable(console),
                Optional.ofNullable(bus).map(name -> Bus.valueOf(name.toUpperCase(Locale.ROOT))),
                Optional.ofNullable(disk).map(name -> DiskBus.valueOf(name.toUpperCase(Locale.ROOT))),
                Optional.ofNullable(net),
                Optional.ofNullable(root),
                Optional.ofNullable(memory),
                Optional.empty(),
                Optional.ofNullable(smp),
                Optional.ofNullable(kernelArguments),
                qemuArguments);
    }

    /** The same for {@code qemu-sh run}, as far as it takes them for a kernel and a disk by hand. */
    List<String> flags() {
        List<String> flags = new ArrayList<>();
        add(flags, "--machine", machine);
        add(flags, "--cpu", cpu);
        add(flags, "--console", console);
        add(flags, "--virtio-bus", bus);
        add(flags, "--disk-bus", disk);
        add(flags, "--net", net);
        add(flags, "--root", root);
        add(flags, "--append", kernelArguments);
        qemuArguments.forEach(argument -> flags.add("--qemu-arg=" + argument));
        return flags;
    }

    private static void add(List<String> flags, String name, String value) {
        if (value != null) {
            flags.addAll(List.of(name, value));
        }
    }
}
