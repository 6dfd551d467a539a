import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';
import './plan/plan.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { provideMonacoWorkers } from './monaco-workers.ts';

provideMonacoWorkers();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element "root".');
createRoot(root).render(<App />);
