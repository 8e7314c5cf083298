package io.jenkins.plugins.qemush.engine.vm;

import com.google.gson.JsonObject;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.guest.SshConnection;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuProcess;
import io.jenkins.plugins.qemush.engine.vm.qemu.QmpClient;
import io.jenkins.plugins.qemush.engine.vm.serial.SerialConsole;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * What ties this process to a machine: the console, QMP, the SSH connection. Each is null until the boot has come that
 * far; the thread that ends the machine may be another than the one that boots it.
 */
final class VmLinks implements AutoCloseable {
    /** How long a machine may take to power itself off. */
    private static final Duration POWER_OFF = Duration.ofSeconds(30);

    private static final Duration QUIT = Duration.ofSeconds(2);

    private volatile SerialConsole console;
    private volatile QmpClient qmp;
    private volatile SshConnection ssh;

    void console(SerialConsole opened) {
        console = opened;
    }

    void qmp(QmpClient opened) {
        qmp = opened;
    }

    void ssh(SshConnection opened) {
        ssh = opened;
    }

    boolean wasReached() {
        return ssh != null;
    }

    SerialConsole console() {
        return console;
    }

    QmpClient qmp() {
        return qmp;
    }

    /**
     * The SSH connection.
     *
     * @throws IOException when the machine was never reachable
     */
    SshConnection ssh() throws IOException {
        SshConnection open = ssh;
        if (open == null) {
            throw new IOException("the guest was not reachable yet");
        }
        return open;
    }

    /** Why nothing comes from the guest, as far as QEMU knows. */
    String silence(IOException symptom) throws InterruptedException {
        String status;
        try {
            status = qmp == null ? "is gone" : "says it is " + qmp.status(QUIT);
        } catch (IOException closed) {
            status = "does not answer either";
        }
        return "The guest stopped answering: " + symptom.getMessage() + "; its QEMU " + status + ".";
    }

    /** Lets the guest unmount its disk and power off, as a disk that is kept wants; ends QEMU when it does not. */
    void powerOff(QemuProcess qemu) throws InterruptedException {
        OutputStream nowhere = OutputStream.nullOutputStream();
        try {
            ssh().run(GuestCommand.rootScript("sync; poweroff || halt -p"), GuestStreams.output(nowhere, nowhere));
        } catch (IOException e) {
            // The usual answer to a power-off is a lost connection.
            System.getLogger(VmLinks.class.getName()).log(System.Logger.Level.DEBUG, "powered off", e);
        }
        qemu.end(POWER_OFF);
    }

    /** Ends QEMU; the guest is thrown away. */
    void quit(QemuProcess qemu) throws InterruptedException {
        if (qmp == null) {
            qemu.end(Duration.ZERO);
            return;
        }
        try {
            qmp.execute("quit", new JsonObject(), QUIT);
        } catch (IOException e) {
            // It is gone already, or hangs: then it is killed.
            System.getLogger(VmLinks.class.getName()).log(System.Logger.Level.DEBUG, "no answer to quit", e);
        }
        qemu.end(QUIT);
    }

    @Override
    public void close() {
        closeQuietly(ssh);
        closeQuietly(console);
        closeQuietly(qmp);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            System.getLogger(VmLinks.class.getName()).log(System.Logger.Level.DEBUG, "not closed", e);
        }
    }
}
