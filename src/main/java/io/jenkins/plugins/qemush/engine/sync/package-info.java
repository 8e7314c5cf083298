/**
 * A folder of the host in the guest, and the guest's changes back in the folder.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.sync.PreparedWorkspace}, which brings a workspace in: as a
 * squashfs on a read-only disk under an overlay, or, where host or guest cannot, as a tar stream. Then
 * {@link io.jenkins.plugins.qemush.engine.sync.GuestWorkspace} keeps both sides the same: {@code Push} takes the host's
 * changes in, {@code Pull} the guest's out. Each is one command in the guest; the scripts lie beside these classes.
 *
 * <p>How the guest's changes are found: it lists what an overlay's upper layer holds (without an overlay: everything),
 * with each inode's change time, and this side compares that with the listing before. Names travel as bytes
 * ({@code RawName}), so none is too odd.
 *
 * <p>Everything that comes out of a guest is untrusted: {@code GuestListing} accepts no name that leads elsewhere,
 * {@code TarIntake} only what was asked for, {@code HostFolder} follows no link.
 */
package io.jenkins.plugins.qemush.engine.sync;
