package io.jenkins.plugins.qemush.engine.vm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceleratorTest {
    @ParameterizedTest
    @CsvSource(
            value = {
                "amd64,   'flags\t\t: fpu vme vmx ssse3', true",
                "amd64,   'flags\t\t: fpu svm',           true",
                "amd64,   'flags\t\t: fpu hypervisor',    false",
                "amd64,   'model name\t: vmx',            false",
                "amd64,   '',                             false",
                "aarch64, 'Features\t: fp asimd',         true"
            })
    void kvmNeedsAProcessorThatVirtualizes(String arch, String cpuInfo, boolean expected) {
        assertThat(Accelerator.virtualizes(arch, cpuInfo)).isEqualTo(expected);
    }
}
