package io.jenkins.plugins.qemush.engine.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.SampleImage;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.vm.request.Access;
import io.jenkins.plugins.qemush.engine.vm.request.Hardware;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.request.Network;
import io.jenkins.plugins.qemush.engine.vm.request.Storage;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What travels between processes of the engine arrives as it was. */
class EngineJsonTest {
    @TempDir
    private Path folder;

    @Test
    void requestForAMachineComesBackEqual() throws IOException {
        SampleImage.write(folder.resolve("ü, image"), "sample", "aarch64", 512);
        VmRequest plain = VmRequest.of("m", Image.open(folder.resolve("ü, image")));
        VmRequest full = new VmRequest(
                "m",
                plain.image(),
                new Hardware(Optional.of(256), 2, Network.ISOLATED, true, "a=b", List.of("-s")),
                new Access(
                        "user",
                        10023,
                        Optional.of(Path.of("/k")),
                        Optional.of(Path.of("/k.pub")),
                        List.of(new Access.Published(8080, 80)),
                        true),
                new Limits(Duration.ofSeconds(1), Duration.ofMillis(2), Duration.ZERO),
                new Storage(false, Optional.of(Path.of("/scratch")), true),
                WarmMode.TRUE);

        for (VmRequest request : List.of(plain, full)) {
            Path file = folder.resolve("request.json");
            EngineJson.write(file, request);
            assertThat(EngineJson.read(file, VmRequest.class)).isEqualTo(request);
        }
    }

    @Test
    void commandComesBackEqual() throws IOException {
        GuestCommand command = new GuestCommand(
                List.of("", "a b", "'\"$\n", "日本"), "user", Map.of("A", "x\ny", "B", ""), Optional.empty());

        assertThat(EngineJson.fromJson(EngineJson.toJson(command), GuestCommand.class))
                .isEqualTo(command);
    }

    @Test
    void foldersOfACommandComeBackEqualAndOlderSupervisorsSeeTheFirst() throws IOException {
        SharedFolder first = new SharedFolder(Path.of("/a"), "/work", "user", List.of("*.o"), SyncMode.DISK);
        SharedFolder second = new SharedFolder(Path.of("/b"), "/cache", "user", List.of(), SyncMode.AUTO);
        GuestCommand command = new GuestCommand(List.of("true"), "user", Map.of(), Optional.empty());

        String json = EngineJson.toJson(ControlRequest.execute(command, List.of(first, second)));

        assertThat(EngineJson.fromJson(json, ControlRequest.class).folders()).containsExactly(first, second);
        assertThat(EngineJson.fromJson(json, ControlRequest.class).folder()).contains(first);
    }

    @Test
    void requestOfAnOlderClientHasOneFolder() throws IOException {
        String json = "{'verb':'EXECUTE','folder':{'host':'/a','guestDirectory':'/work','user':'user','excludes':[]}}";

        assertThat(EngineJson.fromJson(json.replace('\'', '"'), ControlRequest.class)
                        .folders())
                .extracting(SharedFolder::guestDirectory)
                .containsExactly("/work");
    }

    @Test
    void whatIsNoJsonIsAFailureForTheUser() {
        assertThatThrownBy(() -> EngineJson.fromJson("{", VmRequest.class)).isInstanceOf(HostFailure.class);
    }

    @Test
    void framesArriveWholeAndInOrder() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Frame.of(Frame.Kind.REQUEST, "größe").writeTo(out);
        new Frame(Frame.Kind.STDOUT, new byte[0]).writeTo(out);
        new FrameOutputStream(out, Frame.Kind.STDERR).write(new byte[600_000]);

        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));

        assertThat(Frame.readFrom(in).text()).isEqualTo("größe");
        assertThat(Frame.readFrom(in).payload()).isEmpty();
        int length = 0;
        for (Frame frame = Frame.readFrom(in); frame != null; frame = Frame.readFrom(in)) {
            assertThat(frame.kind()).isEqualTo(Frame.Kind.STDERR);
            length += frame.payload().length;
        }
        assertThat(length).isEqualTo(600_000);
    }

    @Test
    void damagedFrameIsAnError() {
        for (byte[] damaged : List.of(
                new byte[] {99, 0, 0, 0, 0},
                new byte[] {1, -1, 0, 0, 0},
                new byte[] {1, 127, 0, 0, 0},
                new byte[] {1, 0, 0, 0, 5, 'a'},
                new byte[] {1, 0, 0})) {
            assertThatThrownBy(() -> Frame.readFrom(new DataInputStream(new ByteArrayInputStream(damaged))))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void frameTooLargeIsRefusedBeforeItIsSent() {
        DataOutputStream out = new DataOutputStream(new ByteArrayOutputStream());

        assertThatThrownBy(() -> new Frame(Frame.Kind.REQUEST, new byte[Frame.LARGEST + 1]).writeTo(out))
                .isInstanceOf(HostFailure.class);
    }
}
