/** Render: deploys and memory of services. */
@NullMarked
package io.byteport.adapter.cloud.render;

import org.jspecify.annotations.NullMarked;
