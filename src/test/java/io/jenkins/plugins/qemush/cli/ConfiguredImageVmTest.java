package io.jenkins.plugins.qemush.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image with more packages is the Debian that these packages make of it. */
@Tag("vm")
class ConfiguredImageVmTest {
    private static final String EXPECTED =
            """
            echo 'int main(void) { return 7; }' > seven.c
            cc -o seven seven.c
            ./seven || test $? = 7
            test -L /etc/alternatives/cc
            test "$(sudo -n id -u)" = 0
            test "$(su -c 'id -u')" = 0
            test "$(ls /etc/ssl/certs | wc -l)" -gt 100
            test -s /etc/ssl/certs/ca-certificates.crt
            getent passwd daemon _apt user
            test -z "$(dpkg --audit)"
            test "$(dpkg-query -W -f '${db:Status-Abbrev}\\n' | sort -u)" = 'ii '
            dpkg -S "$(readlink -f /usr/bin/gcc)" | grep gcc
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

    @TempDir
    private Path folder;

    /** Needs a Debian mirror and the builder's host tools. */
    @ParameterizedTest
    @ValueSource(strings = {"aarch64", "s390x"})
    void packagesAreConfiguredOnceAndWork(String arch) throws Exception {
        try (Tool tool = new Tool(folder)) {
            String packages = "gcc,libc6-dev,make,sudo,ca-certificates";
            Tool.Result built =
                    tool.run("image", "build", "--arch", arch, "--include", packages, "--name", "development");
            assertThat(built.status()).as(built.err()).isZero();

            Tool.Result result = tool.run("run", "--image", "development", "--", "sh", "-exc", EXPECTED);
            assertThat(result.status()).as(result.out() + result.err()).isZero();

            Tool.Result again = tool.run("image", "build", "--arch", arch, "--include", packages, "--name", "again");
            assertThat(again.err())
                    .contains("the same packages were configured before")
                    .doesNotContain("in a machine of");
            assertThat(tool.run("image", "verify", "again").status()).isZero();
        }
    }
}
