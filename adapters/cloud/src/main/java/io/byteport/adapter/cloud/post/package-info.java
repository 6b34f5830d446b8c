/** JSON sent to an address of the deployment. */
@NullMarked
package io.byteport.adapter.cloud.post;

import org.jspecify.annotations.NullMarked;
