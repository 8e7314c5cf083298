package io.jenkins.plugins.qemush.engine.machine;

/** How virtio devices are attached; the suffix of QEMU's device names ({@code virtio-blk-pci}). */
public enum Bus {
    MMIO("device"),
    PCI("pci"),
    CCW("ccw");

    private final String suffix;

    Bus(String suffix) {
        this.suffix = suffix;
    }

    /** The name of a virtio device on this bus, for {@code kind} {@code blk}, {@code net}, {@code rng} or {@code serial}. */
    public String device(String kind) {
        return "virtio-" + kind + "-" + suffix;
    }

    /**
     * Whether Linux brings devices up in parallel, so that chance numbers the disks (drivers/s390/virtio/virtio_ccw.c,
     * virtio_ccw_auto_online). The root disk then has to be alone until it is mounted.
     */
    public boolean numbersByChance() {
        return this == CCW;
    }

    /** What keeps a network card from loading a boot ROM, which a PCI card would (and QEMU may lack the file). */
    public String noBootRom() {
        return this == PCI ? ",romfile=" : "";
    }
}
