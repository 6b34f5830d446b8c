/** AWS: credentials, signatures, and the calls of EC2, Auto Scaling, ACM and CloudWatch. */
@NullMarked
package io.byteport.adapter.cloud.aws;

import org.jspecify.annotations.NullMarked;
