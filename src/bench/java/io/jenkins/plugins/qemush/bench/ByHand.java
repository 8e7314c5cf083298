package io.jenkins.plugins.qemush.bench;

import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What people do by hand or in scripts: QEMU on the terminal, root's login on the console, an {@code ssh} for each command.
 *
 * @param cpu QEMU's processor; empty for the machine table's
 * @param bare only the boot, with the key on the kernel command line, and ssh: what no tool can beat
 */
record ByHand(String title, String cpu, int processors, String memory, boolean bare) implements Way {
    private static final int COMMANDS = 10;

    static final Way USUAL = new ByHand("usual way", "max", 4, "1G", false);
    static final Way USUAL_WITH_OUR_CPU = new ByHand("usual way, our CPU", "", 4, "1G", false);
    static final Way BARE = new ByHand("bare QEMU and ssh", "", 1, "512M", true);

    @Override
    public Sample measure(Image image) throws Exception {
        Path folder = Files.createTempDirectory("bench");
        Path key = folder.resolve("key");
        run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        String publicKey = Files.readString(Path.of(key + ".pub")).strip();
        int port = freePort();
        Stopwatch watch = new Stopwatch();
        Process qemu = new ProcessBuilder(commandLine(image, port, publicKey))
                .redirectErrorStream(true)
                .start();
        try {
            await(qemu.getInputStream(), bare ? "qemush: ready" : "login: ");
            if (!bare) {
                type(qemu, "root\n");
                await(qemu.getInputStream(), "# ");
                type(
                        qemu,
                        "mkdir -p /root/.ssh; echo '" + publicKey
                                + "' >/root/.ssh/authorized_keys; echo key-$((1+1))\n");
                await(qemu.getInputStream(), "key-2");
            }
            ssh(key, port, "id");
            double first = watch.seconds();
            Stopwatch further = new Stopwatch();
            for (int i = 0; i < COMMANDS; i++) {
                ssh(key, port, "true");
            }
            double ten = further.seconds();
            double memory = Stopwatch.memory(qemu.pid());
            Stopwatch end = new Stopwatch();
            if (!bare) {
                type(qemu, "poweroff -f\n");
                qemu.waitFor(60, TimeUnit.SECONDS);
            }
            qemu.destroyForcibly().waitFor();
            return new Sample(first, first + end.seconds(), ten, memory);
        } finally {
            qemu.destroyForcibly();
            for (String name : List.of("key", "key.pub")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    private List<String> commandLine(Image image, int port, String publicKey) throws IOException {
        Machine machine = image.machine();
        String append = "console=" + machine.console() + " root=" + machine.root() + " rw";
        if (bare) {
            append += " panic=-1 quiet cryptomgr.notests nokaslr norandmaps mitigations=off ";
            append += machine.kernelArguments() + " qemush.user=user qemush.key="
                    + publicKey.split(" ")[1];
        }
        List<String> line =
                new ArrayList<>(List.of(machine.program(), "-M", machine.type(), "-nographic", "-no-reboot"));
        line.addAll(List.of(
                "-smp",
                "" + processors,
                "-m",
                memory,
                "-cpu",
                cpu.isEmpty() ? machine.cpu().orElseThrow() : cpu));
        line.addAll(List.of("-kernel", image.kernel().toString(), "-append", append, "-snapshot"));
        image.initrd().ifPresent(initrd -> line.addAll(List.of("-initrd", initrd.toString())));
        line.addAll(List.of("-drive", "if=none,id=root,file=" + image.disk() + ",format=qcow2"));
        line.addAll(List.of("-device", machine.bus().device("blk") + ",drive=root"));
        line.addAll(List.of("-netdev", "user,id=net,hostfwd=tcp:127.0.0.1:" + port + "-:22"));
        line.addAll(List.of("-device", machine.bus().device("net") + ",netdev=net"));
        line.addAll(List.of("-device", machine.bus().device("rng")));
        return line;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void type(Process qemu, String text) throws IOException {
        qemu.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        qemu.getOutputStream().flush();
    }

    private static void await(InputStream console, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int b = console.read();
            if (b < 0) {
                throw new IOException("QEMU ended: " + seen);
            }
            seen.append((char) b);
        }
    }

    private static void ssh(Path key, int port, String command) throws IOException, InterruptedException {
        run(List.of(
                "ssh",
                "-F",
                "none",
                "-i",
                key.toString(),
                "-p",
                "" + port,
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "LogLevel=ERROR",
                "-o",
                "BatchMode=yes",
                "root@127.0.0.1",
                command));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + command);
        }
    }
}
