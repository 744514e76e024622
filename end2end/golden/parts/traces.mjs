// `kubehop trace --batch`: many questions about a cluster in files.

/** Asks both binaries the questions in one batch and compares them answer by answer, then the exit codes and stderr. */
export async function askBatch({ both, report }, part, name, args, questions, options = {}) {
  const input = questions.map(({ from, to, node }) => `${[from, to, node].filter(Boolean).join(' ')}\n`).join('');
  const [base, now] = await both((side) => side.run(['trace', '--batch', '-', ...args], { input, ...options }));
  const [before, after] = [base, now].map(({ stdout }) => stdout.split('\n'));
  // Without a cluster there are no answers.
  const answered = base.stdout || now.stdout ? questions : [];
  answered.forEach(({ from, to, node }, n) => {
    report.compare(part, `${name}: ${from} → ${to}${node ? ` on ${node}` : ''}`, 'json', before[n] ?? '', after[n] ?? '');
  });
  const rest = ({ code, stdout, stderr }) => `exit ${code}\n${stdout.split('\n').length - 1} lines\n${stderr}`;
  report.compare(part, `${name} (end)`, 'text', rest(base), rest(now));
}

/** Runs one command with each binary and compares its exit code, stdout and stderr. */
export async function askCommand({ both, report }, part, args, options = {}) {
  const shown = ({ code, stdout, stderr }) => `exit ${code}\n--- stdout\n${stdout}--- stderr\n${stderr}`;
  const [base, now] = await both((side) => side.run(args, options));
  report.compare(part, `kubehop ${args.join(' ')}${options.input === undefined ? '' : ` < ${JSON.stringify(options.input.slice(0, 60))}`}`, 'text', shown(base), shown(now));
}
