package io.byteport.adapter.cloud.compute;

import io.byteport.adapter.cloud.http.Words;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code spec.providerID} of a node says about the instance behind it. */
public sealed interface ProviderId {
  Pattern AWS = Pattern.compile("aws:///([a-z0-9-]{4,40})/(i-[0-9a-f]{8,17})");
  Pattern GCE =
      Pattern.compile(
          "gce://([a-z][a-z0-9:.-]{4,60}[a-z0-9])/([a-z]+-[a-z]+[0-9]+-[a-z])/([a-z]([a-z0-9-]{0,61}[a-z0-9])?)");
  Pattern AZURE =
      Pattern.compile(
          "azure:///subscriptions/([0-9a-fA-F-]{36})/resourceGroups/([A-Za-z0-9_().-]{1,90})"
              + "/providers/Microsoft.Compute/virtualMachineScaleSets/([A-Za-z0-9_.-]{1,64})"
              + "/virtualMachines/([0-9]{1,6})");
  Pattern REGION = Pattern.compile("([a-z]{2}(?:-[a-z]+)+-[0-9]+).*");

  Provider provider();

  /** The instance's own id. */
  String instance();

  record Ec2(String region, String instance) implements ProviderId {
    @Override
    public Provider provider() {
      return Provider.AWS;
    }
  }

  record Gce(String project, String zone, String instance) implements ProviderId {
    @Override
    public Provider provider() {
      return Provider.GCP;
    }
  }

  record ScaleSetVm(String subscription, String group, String scaleSet, String instance)
      implements ProviderId {
    @Override
    public Provider provider() {
      return Provider.AZURE;
    }
  }

  /**
   * @throws ActionException if it is none, or none of an instance that belongs to a group
   */
  static ProviderId parse(String text) throws ActionException {
    if (text.length() <= 500) {
      Matcher aws = AWS.matcher(text);
      if (aws.matches()) {
        Matcher region = REGION.matcher(aws.group(1));
        if (region.matches()) {
          return new Ec2(region.group(1), aws.group(2));
        }
      }
      Matcher gce = GCE.matcher(text);
      if (gce.matches()) {
        return new Gce(gce.group(1), gce.group(2), gce.group(3));
      }
      Matcher azure = AZURE.matcher(text);
      if (azure.matches() && !azure.group(2).endsWith(".")) {
        return new ScaleSetVm(azure.group(1), azure.group(2), azure.group(3), azure.group(4));
      }
    }
    throw ActionException.refused(
        FailureKind.INVALID,
        "expected the provider id of an instance such as `aws:///eu-west-1a/i-0123456789abcdef0`,"
            + " found `"
            + Words.plain(text.length() > 120 ? text.substring(0, 120) + "…" : text)
            + "`");
  }
}
