import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./program.mjs";

const place = join(root, "target/containers");

// Rights and limits that a container needs differ between machines. These flags work without cgroups of systemd, and
// within the limits of the process that starts the container.
const ENGINE = ["--root", join(place, "storage"), "--runroot", join(place, "run"), "--storage-driver", "vfs"];
const PODMAN = [...ENGINE, "--cgroup-manager", "cgroupfs", "--runtime", "runc"];
export const LIMITS = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096"];

const run = (command, words) => {
  try {
    return execFileSync(command, words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  } catch (error) {
    throw new Error(`${command} ${words.join(" ")} failed:\n${error.stderr}`, { cause: error });
  }
};

/** Builds and runs images, in a storage that ends with this. The base image is made of Debian's packages. */
export class Containers {
  constructor() {
    this.close();
    mkdirSync(place, { recursive: true });
  }

  podman(...words) {
    return run("podman", [...PODMAN, ...words]);
  }

  /** Makes a Debian without packages beyond the essential ones, as the registries of images have it. */
  makeBase(release, name) {
    const files = join(place, "base.tar");
    if (!existsSync(files)) run("mmdebstrap", ["--variant=minbase", "--quiet", release, files]);
    run("podman", [...PODMAN, "import", "--quiet", files, name]);
    rmSync(files);
  }

  build(folder, name) {
    run("buildah", [...ENGINE, "bud", "--quiet", "--isolation", "chroot", "--format", "docker", "--pull-never", "--tag",
      name, folder]);
  }

  /** Starts a container in the network of this machine, and returns its id. */
  start(words, image, options) {
    return this.podman("run", "--detach", "--network", "host", ...LIMITS, ...words, image, ...options);
  }

  close() {
    if (!existsSync(place)) return;
    try {
      this.podman("rm", "--all", "--force", "--time", "0");
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  }
}
