/** What a process started by a test takes over from this one: where programs are, and what of ours is compiled already; no setting of whoever runs it. */
export const bareEnv: NodeJS.ProcessEnv = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] };
