import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder with the pages, which bin/site has copied, and the repository that they are from. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const repository = process.env.NATTER_ROOT;

/** The path of a page on the site, from its path in the repository: the pages of docs/ are at the top. */
export function sitePath(path) {
  if (path === "docs/README.md") return "pages.md";
  return path.replace(/^docs\//, "").replace(/(^|\/)README\.md$/, "$1index.md");
}

/** The side bar: the tables of docs/README.md, one for each group of readers. There is one list of pages. */
export function sidebar() {
  const groups = [];
  for (const line of readFileSync(join(root, "docs/README.md"), "utf8").split("\n")) {
    const heading = /^## (.*)$/.exec(line);
    if (heading) groups.push({ text: heading[1], items: [] });
    const page = /^\| \[([^\]]+)\]\(([^)#]+\.md)\)/.exec(line);
    if (page) groups.at(-1).items.push({ text: page[1], link: link(resolve(root, "docs", page[2])) });
  }
  return groups;
}

const link = (file) => `/${sitePath(relative(root, file)).replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, "")}`;

/** Whether a link of a page leads to a file or folder of the repository that is no page, such as source code. */
function leadsToSource(href, page) {
  if (/^([a-z]+:|#|\/)/.test(href)) return false;
  const target = href.replace(/[#?].*$/, "");
  if (/\.(md|png|svg)$/.test(target)) return false;
  return existsSync(join(repository, relative(root, resolve(dirname(page), decodeURI(target)))));
}

/** A link to another page by its path on the site, from the link by its path in the repository. */
function siteLink(href, page) {
  const [, target, rest] = /^([^#?]*)(.*)$/.exec(href);
  if (/^([a-z]+:|\/)/.test(href) || !target.endsWith(".md")) return href;
  return `/${sitePath(relative(root, resolve(dirname(page), decodeURI(target))))}${rest}`;
}

/** Links lead to pages of the site. It has no source code: the text of a link to it stays, and the link goes. */
export function withSiteLinks(markdown) {
  const { link_open: open, link_close: close } = markdown.renderer.rules;
  markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const page = env.realPath ?? env.path;
    const href = tokens[index].attrGet("href");
    const source = leadsToSource(href, page);
    (env.sourceLinks ??= []).push(source);
    if (source) return "<span>";
    tokens[index].attrSet("href", siteLink(href, page));
    return open(tokens, index, options, env, self);
  };
  markdown.renderer.rules.link_close = (tokens, index, options, env, self) => {
    if (env.sourceLinks?.pop()) return "</span>";
    return close ? close(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
  };
}

/** Images in HTML have paths that begin with a name; for the build such a name is a package. */
export function withRelativeImages(markdown) {
  for (const rule of ["html_block", "html_inline"]) {
    const render = markdown.renderer.rules[rule];
    markdown.renderer.rules[rule] = (...all) => render(...all).replace(/(<img[^>]*? src=")(?![a-z]+:|[./])/g, "$1./");
  }
}
