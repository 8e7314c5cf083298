package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTargetTest {

    @ParameterizedTest
    @CsvSource({
        "l,        target,            true",
        "l,        ./target,          true",
        "a/l,      ../target,         true",
        "a/b/l,    ../../target,      true",
        "a/l,      ..,                true",
        "l,        /work/space,       true",
        "l,        /work/space/x,     true",
        "l,        ..,                false",
        "a/l,      ../../target,      false",
        "a/b/l,    c/../../d,         false",
        "l,        /etc/passwd,       false",
        "l,        /work/spaceship,   false",
        "l,        /work/space/../x,  false",
        "l,        /,                 false",
    })
    void aLinkMustStayInTheWorkspace(String name, String target, boolean inside) {
        assertThat(LinkTarget.staysInside(name, target, "/work/space")).isEqualTo(inside);
    }
}
