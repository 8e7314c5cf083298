package io.jenkins.plugins.qemush.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.KeyPath;
import io.jenkins.plugins.qemush.engine.machine.Bus;
import io.jenkins.plugins.qemush.engine.machine.Machine.DiskBus;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageManifestTest {
    private static final String MINIMAL =
            """
            {
              "name": "debian-aarch64",
              "arch": "aarch64",
              "files": {
                "kernel": {"path": "kernel", "sha256": "HEX", "size": 123},
                "disk": {"path": "disks/disk.qcow2", "sha256": "HEX", "size": 456, "format": "qcow2"}
              },
              "user": "user",
              "console": {"login": "root", "prompt": "login: "},
              "keyPaths": ["cmdline", "console"],
              "source": "Debian bookworm"
            }
            """
                    .replace("HEX", "0f".repeat(32));

    private static final String FULL = MINIMAL.replace(
                    "\"disk\": {", "\"initrd\": {\"path\": \"initrd\", \"sha256\": \"HEX\", \"size\": 1}, \"disk\": {")
            .replace("HEX", "ab".repeat(32))
            .replace(
                    "\"source\"",
                    """
                    "hostKey": "ssh-ed25519 AAAAC3Nz",
                    "machine": {"machine": "vexpress-a9", "cpu": "cortex-a9", "console": "ttyAMA1", "bus": "mmio",
                      "disk": "sd", "net": "lan9118", "root": "/dev/mmcblk0", "memory": 256, "maxMemory": 1024, "smp": 1,
                      "kernelArguments": "quiet", "qemuArguments": ["-vga", "none"]},
                    "packages": ["openssh-server 1:9.2p1-2"],
                    "source\"""");

    @Test
    void theSmallestManifestIsRead() throws Exception {
        ImageManifest read = ImageManifest.read(MINIMAL, "image.json");

        assertThat(read.name()).isEqualTo("debian-aarch64");
        assertThat(read.kernel().path()).isEqualTo("kernel");
        assertThat(read.disk().file().size()).isEqualTo(456);
        assertThat(read.initrd()).isEmpty();
        assertThat(read.machine()).isEqualTo(MachineOverrides.NONE);
        assertThat(read.keyPaths()).containsExactly(KeyPath.CMDLINE, KeyPath.CONSOLE);
    }

    @Test
    void everyOverrideOfTheMachineIsRead() throws Exception {
        MachineOverrides machine = ImageManifest.read(FULL, "image.json").machine();

        assertThat(machine.machine()).contains("vexpress-a9");
        assertThat(machine.bus()).contains(Bus.MMIO);
        assertThat(machine.disk()).contains(DiskBus.SD);
        assertThat(machine.maxMemory()).contains(1024);
        assertThat(machine.qemuArguments()).containsExactly("-vga", "none");
    }

    @Test
    void whatIsWrittenReadsTheSame() throws Exception {
        for (String json : new String[] {MINIMAL, FULL}) {
            ImageManifest manifest = ImageManifest.read(json, "image.json");
            assertThat(ImageManifest.read(manifest.json(), "written")).isEqualTo(manifest);
        }
    }

    @Test
    void anAliasBecomesTheArchitecturesFirstName() throws Exception {
        String json = MINIMAL.replace("\"arch\": \"aarch64\"", "\"arch\": \"ARM64\"");

        assertThat(ImageManifest.read(json, "image.json").arch()).isEqualTo("aarch64");
    }

    @Test
    void digestsAreKeptInLowerCase() throws Exception {
        String json = MINIMAL.replace("0f", "0F");

        assertThat(ImageManifest.read(json, "image.json").kernel().sha256()).isEqualTo(Optional.of("0f".repeat(32)));
    }

    /** A part of {@link #FULL}, what stands there instead, and the words that the failure must have. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
            "name": "debian-aarch64",         |                                  | field name is missing
            "name": "debian-aarch64"          | "name": "Debian"                 | field name is "Debian"
            "name": "debian-aarch64"          | "name": "../x"                   | field name is "../x"
            "name": "debian-aarch64"          | "name": ".hidden"                | field name is ".hidden"
            "name": "debian-aarch64"          | "name": 5                        | field name is not text
            "name": "debian-aarch64"          | "name": null                     | field name is not text
            "name": "debian-aarch64"          | "name": "a", "name": "b"         | the field name is there twice
            "name": "debian-aarch64"          | "nane": "debian-aarch64"         | field name is missing
            "arch": "aarch64"                 | "arch": "arch64"                 | field arch is wrong: There is no architecture "arch64"
            "arch": "aarch64"                 | "arch": "aarch64", "colour": "x" | field colour is not known
            "path": "kernel"                  | "path": "/boot/kernel"           | field files.kernel.path is "/boot/kernel"
            "path": "kernel"                  | "path": "../kernel"              | field files.kernel.path is "../kernel"
            "path": "kernel"                  | "path": "a/../../kernel"         | field files.kernel.path is "a/../../kernel"
            "path": "kernel"                  | "path": "a//kernel"              | field files.kernel.path is "a//kernel"
            "path": "kernel"                  | "path": ""                       | field files.kernel.path is ""
            "path": "kernel"                  | "path": "."                      | field files.kernel.path is "."
            "path": "kernel"                  | "path": "image.json"             | field files.kernel.path is "image.json"
            "path": "kernel"                  | "path": ".verified"              | field files.kernel.path is ".verified"
            "path": "kernel"                  | "path": "a\\u0000b"              | field files.kernel.path is "a
            "path": "kernel"                  | "path": "initrd"                 | files.initrd.path names a file that another has
            "sha256": "0f                     | "sha256": "0g                    | field files.kernel.sha256 is "0g
            "sha256": "0f                     | "sha256": "0                     | field files.kernel.sha256 is "0
            "size": 123                       | "size": "123"                    | field files.kernel.size is not a whole number
            "size": 123                       | "size": 1.5                      | field files.kernel.size is not a whole number
            "size": 123                       | "size": -1                       | field files.kernel.size is negative
            "size": 123                       | "size": 123, "mode": 7           | field files.kernel.mode is not known
            , "format": "qcow2"               |                                  | field files.disk.format is missing
            "format": "qcow2"                 | "format": "vmdk"                 | field files.disk.format is "vmdk"
            "initrd": {                       | "initrd": [], "x": {             | field files.initrd is not an object
            "initrd": {                       | "ramdisk": {                     | field files.ramdisk is not known
            "user": "user"                    | "user": "a b"                    | field user is "a b"
            "login": "root"                   | "login": "root; reboot"          | field console.login is "root; reboot"
            "prompt": "login: "               | "prompt": " "                    | field console.prompt is empty
            ["cmdline", "console"]            | ["telepathy"]                    | field keyPaths names "telepathy"
            ["cmdline", "console"]            | []                               | field keyPaths is empty
            ["cmdline", "console"]            | [1]                              | field keyPaths is not a list of texts
            ["cmdline", "console"]            | "console"                        | field keyPaths is not a list of texts
            "ssh-ed25519 AAAAC3Nz"            | "none"                           | field hostKey is no SSH public key
            "bus": "mmio"                     | "bus": "isa"                     | field machine.bus is "isa"
            "disk": "sd"                      | "disk": "ide"                    | field machine.disk is "ide"
            "memory": 256                     | "memory": 0                      | field machine.memory is 0
            "memory": 256                     | "memory": 99999999999            | field machine.memory is 99999999999
            "memory": 256                     | "ram": 256                       | field machine.ram is not known
            "kernelArguments": "quiet"        | "kernelArguments": "a\\nb"       | field machine.kernelArguments is empty or has
            "source": "Debian bookworm"       | "source": {}                     | field source is not text
            "packages": [                     | "packages": [null,               | field packages is not a list of texts
            """)
    void aMalformedManifestIsRefusedByItsField(String part, String instead, String words) {
        assertThat(FULL).contains(part);
        String json = FULL.replace(part, instead == null ? "" : instead);

        HostFailure failure =
                catchThrowableOfType(HostFailure.class, () -> ImageManifest.read(json, "/a folder/image.json"));

        assertThat(failure).hasMessageStartingWith("/a folder/image.json").hasMessageContaining(words);
        assertThat(failure.help()).endsWith(".").doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
            {
            []
            "text"
            {} {}
            {'name': 1}
            {"a": NaN}
            <html>
            """)
    void whatIsNotOneJsonObjectIsRefused(String json) {
        assertThat(catchThrowableOfType(HostFailure.class, () -> ImageManifest.read(json, "image.json")))
                .hasMessageStartingWith("image.json");
    }

    @ParameterizedTest
    @CsvSource({
        "root, true",
        "_apt, true",
        "Build.User, true",
        "www-data, true",
        "-x, false",
        "a b, false",
        "../x, false"
    })
    void oneRuleSaysWhatAUserMayBeCalled(String name, boolean taken) {
        assertThat(ImageManifest.isUserName(name)).isEqualTo(taken);
    }
}
