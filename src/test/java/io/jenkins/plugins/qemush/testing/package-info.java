/** What tests share: images to boot, servers to talk to, and patience. */
package io.jenkins.plugins.qemush.testing;
