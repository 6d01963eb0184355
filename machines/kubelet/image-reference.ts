import { imageNameError, parseImageName } from "../api/image-name.ts";
import { quote } from "../api/quote.ts";

/**
 * The image as the runtime is asked for it: `latest` is added where neither tag nor digest is
 * given, a short name stays short. pkg/kubelet/images/image_manager.go applyDefaultImageTag
 */
export function applyDefaultImageTag(image: string): string | undefined {
  const name = parseImageName(image);
  if (name === undefined) return undefined;
  const { tag, digest } = name;
  const lacksTag = digest === "" && tag !== "" && !image.endsWith(`:${tag}`);
  return lacksTag ? `${image}:${tag}` : image;
}

/** The error of `ParseImageName`, which the kubelet's texts repeat; undefined for a good name. */
export function parseImageNameError(image: string): string | undefined {
  const error = imageNameError(image);
  return error && `couldn't parse image name ${quote(image)}: ${error}`;
}

/** The name by which two references to one image are equal; the text itself when it is no name. */
export function canonicalImage(image: string): string {
  const name = parseImageName(image);
  if (name === undefined) return image;
  const { repository, tag, digest } = name;
  return digest === "" ? `${repository}:${tag}` : `${repository}@${digest}`;
}

/** The name without tag and digest, as written; pullmanager trimImageTagDigest. */
export function repositoryOf(image: string): string {
  return parseImageName(image)?.repository ?? image;
}
