/**
 * A folder of the host in the guest, and the guest's changes back in the folder.
 *
 * <p>Everything that comes out of a guest is untrusted.
 */
package io.jenkins.plugins.qemush.engine.sync;
