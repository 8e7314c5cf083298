/** What tests that boot machines share: images, and the command line as a process. */
package io.jenkins.plugins.qemush.testing;
