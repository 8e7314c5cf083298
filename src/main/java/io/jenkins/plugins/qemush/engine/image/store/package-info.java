/**
 * The images that this host keeps, for all jobs and users of the command line alike.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.image.store.ImageStore}, which tells how the store's folder is
 * laid out.
 */
package io.jenkins.plugins.qemush.engine.image.store;
