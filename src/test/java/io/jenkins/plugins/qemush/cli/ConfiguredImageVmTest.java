package io.jenkins.plugins.qemush.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An image with more packages is the Debian that these packages make of it. */
@Tag("vm")
@Execution(ExecutionMode.CONCURRENT)
class ConfiguredImageVmTest {
    private static final String EXPECTED =
            """
            test "$(sudo -n id -u)" = 0
            test "$(su -c 'id -u')" = 0
            getent passwd daemon _apt user
            test -z "$(dpkg --audit)"
            test "$(dpkg-query -W -f '${db:Status-Abbrev}\\n' | sort -u)" = 'ii '
            dpkg -S /usr/bin/sudo
            test -L /etc/alternatives/awk
            ldconfig -p | grep libc.so.6
            locale -a | grep -qi 'C.utf'
            test ! -e /usr/sbin/policy-rc.d
            sudo sh -c 'test ! -s /root/.ssh/authorized_keys.old'
            printf 'Package: mine\\nVersion: 1\\nArchitecture: all\\nMaintainer: me\\nDescription: mine\\n' > control
            mkdir -p mine/DEBIAN && cp control mine/DEBIAN/
            printf '#!/bin/sh\\ntouch /var/lib/mine\\n' > mine/DEBIAN/postinst && chmod 755 mine/DEBIAN/postinst
            dpkg-deb --build mine mine.deb
            sudo apt-get install -y ./mine.deb && test -e /var/lib/mine
            """;

    /** These take longer than everything else: one architecture has to do. A certificate's name is beyond ASCII. */
    private static final String EXPECTED_OF_COMPILER_AND_CERTIFICATES =
            """
            echo 'int main(void) { return 7; }' > seven.c
            cc -o seven seven.c
            ./seven || test $? = 7
            test -L /etc/alternatives/cc
            dpkg -S "$(readlink -f /usr/bin/gcc)" | grep gcc
            test "$(ls /etc/ssl/certs | wc -l)" -gt 100
            test -s /etc/ssl/certs/ca-certificates.crt
            test -z "$(dpkg --verify ca-certificates | grep /mozilla/)"
            """;

    @TempDir
    private Path folder;

    /** Needs a Debian mirror and the builder's host tools. */
    @Test
    void packagesAreConfiguredOnceAndWork() throws Exception {
        String packages = "gcc,libc6-dev,sudo,ca-certificates";
        try (Tool tool = new Tool(folder)) {
            imageDoes(tool, "aarch64", packages, EXPECTED + EXPECTED_OF_COMPILER_AND_CERTIFICATES);

            Tool.Result again =
                    tool.run("image", "build", "--arch", "aarch64", "--include", packages, "--name", "again");
            assertThat(again.err())
                    .contains("the same packages were configured before")
                    .doesNotContain("in a machine of");
            assertThat(tool.run("image", "verify", "again").status()).isZero();
        }
    }

    @Test
    void packagesAreConfiguredOnAnotherByteOrderToo() throws Exception {
        try (Tool tool = new Tool(folder)) {
            imageDoes(tool, "s390x", "sudo", EXPECTED);
        }
    }

    private static void imageDoes(Tool tool, String arch, String packages, String script) throws Exception {
        Tool.Result built = tool.run("image", "build", "--arch", arch, "--include", packages, "--name", "development");
        assertThat(built.status()).as(built.err()).isZero();

        Tool.Result result = tool.run("run", "--image", "development", "--", "sh", "-exc", script);
        assertThat(result.status()).as(result.out() + result.err()).isZero();
    }
}
