/** Google Cloud: credentials, disks, instance groups and node pools. */
@NullMarked
package io.byteport.adapter.cloud.gcp;

import org.jspecify.annotations.NullMarked;
